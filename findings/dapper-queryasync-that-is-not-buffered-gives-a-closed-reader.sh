#!/usr/bin/env bash
# Dapper 2.1.86: QueryAsync with CommandFlags.None, that is unbuffered, returns a sequence whose reader is closed already.
# The guess: buffered or not is a choice of QueryAsync as of Query: without buffering the rows are read while they are enumerated.
# Seen: Query(…, buffered: false) gives its rows. QueryAsync with a CommandDefinition that is not buffered is awaited without an error, and the first step of the loop over its result throws InvalidOperationException, "reader is closed", with a connection that was open before as well. QueryUnbufferedAsync works.
# Why the guess misses it: the asynchronous method disposes its reader when it returns. The flag and its default are part of the CommandDefinition that a token makes necessary, and who writes its flags by hand, without Buffered, finds out at the first row.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Dapper@2.1.86
#:package Microsoft.Data.Sqlite@10.0.12
using Dapper;
using Microsoft.Data.Sqlite;

Console.WriteLine($".NET {Environment.Version}, Dapper {typeof(SqlMapper).Assembly.GetName().Version}");
const string Sql = "select 1 union select 2";
await using var connection = new SqliteConnection("Data Source=:memory:");
await connection.OpenAsync();
Console.WriteLine($"Query, not buffered: {string.Join(", ", connection.Query<long>(Sql, buffered: false))}");
Console.WriteLine($"QueryAsync, buffered: {string.Join(", ", await connection.QueryAsync<long>(new CommandDefinition(Sql)))}");
var rows = await connection.QueryAsync<long>(new CommandDefinition(Sql, flags: CommandFlags.None));
try
{
    Console.WriteLine($"QueryAsync, not buffered: {string.Join(", ", rows)}");
}
catch (InvalidOperationException exception)
{
    Console.WriteLine($"QueryAsync, not buffered: awaited, then {exception.GetType().Name}: {exception.Message}");
}

var seen = new List<long>();
await foreach (var row in connection.QueryUnbufferedAsync<long>(Sql))
{
    seen.Add(row);
}

Console.WriteLine($"QueryUnbufferedAsync: {string.Join(", ", seen)}");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Query, not buffered: 1, 2' <<< "$output" || { echo "Changed: no line matches '^Query, not buffered: 1, 2'"; exit 1; }
grep -qE '^QueryAsync, buffered: 1, 2' <<< "$output" || { echo "Changed: no line matches '^QueryAsync, buffered: 1, 2'"; exit 1; }
grep -qE '^QueryAsync, not buffered: awaited, then InvalidOperationException' <<< "$output" || { echo "Changed: no line matches '^QueryAsync, not buffered: awaited, then InvalidOperationException'"; exit 1; }
grep -qE '^QueryUnbufferedAsync: 1, 2' <<< "$output" || { echo "Changed: no line matches '^QueryUnbufferedAsync: 1, 2'"; exit 1; }
echo "As described."
