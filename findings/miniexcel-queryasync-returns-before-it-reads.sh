#!/usr/bin/env bash
# MiniExcel 1.46.0: QueryAsync returns a lazy sequence; the rows are read synchronously by whoever enumerates it.
# The guess: after 'await QueryAsync(path)' the workbook has been read, and the loop over the rows does no I/O.
# Seen: the awaited call takes a small part of the time; the enumeration takes nearly all of it, on the caller's thread.
# Why the guess misses it: the task wraps the creation of the iterator only, and its result has the type of a plain sequence.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package MiniExcel@1.46.0
using System.Diagnostics;
using MiniExcelLibs;

var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".xlsx");
MiniExcel.SaveAs(path, Enumerable.Range(0, 20_000).Select(i => new { Id = i, Name = "row " + i }));
try
{
    var watch = Stopwatch.StartNew();
    var rows = await MiniExcel.QueryAsync(path);
    var query = watch.Elapsed;
    var count = rows.Count();
    var share = query.TotalMilliseconds / watch.Elapsed.TotalMilliseconds;
    Console.WriteLine($"MiniExcel {typeof(MiniExcel).Assembly.GetName().Version}: {count} rows, {(share < 0.2 ? "nearly all time in the loop" : "time in the call")} (call {query.TotalMilliseconds:0} of {watch.ElapsedMilliseconds} ms)");
}
finally
{
    File.Delete(path);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '20001 rows, nearly all time in the loop' <<< "$output" || { echo "Changed: no line matches '20001 rows, nearly all time in the loop'"; exit 1; }
echo "As described."
