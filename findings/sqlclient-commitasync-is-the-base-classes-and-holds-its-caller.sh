#!/usr/bin/env bash
# Microsoft.Data.SqlClient 7.1.1: SqlTransaction overrides neither CommitAsync nor RollbackAsync, nor SaveAsync. What is awaited is DbTransaction's, which runs Commit inside the call.
# The guess: the driver's own asynchronous code ends a transaction, as it opens connections and runs commands; 'await transaction.CommitAsync()' frees the thread.
# Seen: the members are declared by DbTransaction; of a transaction whose Commit takes a while, CommitAsync is complete when it returns, and has held its caller all that time.
# Why the guess misses it: OpenAsync and the Execute…Async members are overridden, and CommitAsync can be called on the same objects; which of the two kinds a member is, only its metadata tells.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Data.SqlClient@7.1.1
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.SqlClient;

string Declarer(Type type, string name, params Type[] parameters) => type.GetMethod(name, parameters)!.DeclaringType!.Name;

Console.WriteLine($"Microsoft.Data.SqlClient {typeof(SqlConnection).Assembly.GetName().Version}, .NET {Environment.Version}");
Console.WriteLine($"OpenAsync of {Declarer(typeof(SqlConnection), "OpenAsync", typeof(CancellationToken))}");
Console.WriteLine($"CommitAsync of {Declarer(typeof(SqlTransaction), "CommitAsync", typeof(CancellationToken))}");
Console.WriteLine($"RollbackAsync of {Declarer(typeof(SqlTransaction), "RollbackAsync", typeof(CancellationToken))}");
Console.WriteLine($"SaveAsync of {Declarer(typeof(SqlTransaction), "SaveAsync", typeof(string), typeof(CancellationToken))}");

var watch = Stopwatch.StartNew();
var commit = new SlowTransaction().CommitAsync();
Console.WriteLine(commit.IsCompleted && watch.ElapsedMilliseconds >= 300 ? "the base's CommitAsync held its caller" : "the base's CommitAsync came back at once");
await commit;

class SlowTransaction : DbTransaction
{
    public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

    protected override DbConnection? DbConnection => null;

    public override void Commit() => Thread.Sleep(400);

    public override void Rollback() => Thread.Sleep(400);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
for line in 'OpenAsync of SqlConnection' 'CommitAsync of DbTransaction' 'RollbackAsync of DbTransaction' 'SaveAsync of DbTransaction' "the base's CommitAsync held its caller"; do
    grep -qF "$line" <<< "$output" || { echo "Changed: no line matches '$line'"; exit 1; }
done
echo "As described."
