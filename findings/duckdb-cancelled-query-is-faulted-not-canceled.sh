#!/usr/bin/env bash
# DuckDB.NET.Data.Full 1.5.6.1: a query that its token stops ends in a task that is Faulted, with an OperationCanceledException as its error.
# The guess: either the token is ignored, as by the SQLite providers, or the task is Canceled.
# Seen: the query stops, the awaiting code gets OperationCanceledException, and the task's Status is Faulted with IsCanceled false.
# Why the guess misses it: the exception is passed to Task.FromException. Code that asks IsCanceled, or continues with OnlyOnCanceled, takes the stop for a failure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package DuckDB.NET.Data.Full@1.5.6.1
using DuckDB.NET.Data;

await using var connection = new DuckDBConnection("DataSource=:memory:");
await connection.OpenAsync();
await using var command = connection.CreateCommand();
command.CommandText = "select sum(a.range * b.range) from range(1000000) a, range(100000) b";
using var stop = new CancellationTokenSource(300);
var task = command.ExecuteScalarAsync(stop.Token);
try
{
    await task;
    Console.WriteLine("completed");
}
catch (Exception exception)
{
    Console.WriteLine($"DuckDB.NET {typeof(DuckDBConnection).Assembly.GetName().Version}: {exception.GetType().Name}, status {task.Status}, IsCanceled {task.IsCanceled}");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'OperationCanceledException, status Faulted, IsCanceled False' <<< "$output" || { echo "Changed: no line matches 'OperationCanceledException, status Faulted, IsCanceled False'"; exit 1; }
echo "As described."
