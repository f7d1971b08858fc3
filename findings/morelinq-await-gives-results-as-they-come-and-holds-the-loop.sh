#!/usr/bin/env bash
# MoreLINQ 4.4.0: Await hands the results out in the order in which the tasks end, and a plain foreach over it holds its thread.
# The guess: an operator of LINQ keeps the order of its source, and one that is called Await gives the thread back while it waits.
# Seen, for work of 300, 200 and 100 ms: 100, 200, 300; AsOrdered() gives 300, 200, 100. The loop waits on its own thread until the slowest has ended.
# Why the guess misses it: the result is an IEnumerable, whose MoveNext can only wait synchronously, and the operator takes what is there first. Zipped with its source, or counted along, it pairs results with the wrong items, and only where the times differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package morelinq@4.4.0
using System.Diagnostics;
using MoreLinq.Experimental;

Console.WriteLine($".NET {Environment.Version}, MoreLINQ {typeof(ExperimentalEnumerable).Assembly.GetName().Version}");
var results = new[] { 300, 200, 100 }.Await(async (time, token) => { await Task.Delay(time, token); return time; });
var watch = Stopwatch.StartNew();
var context = Environment.CurrentManagedThreadId;
foreach (var result in results)
{
    Console.WriteLine($"a result of {result}, on the thread of the loop {context == Environment.CurrentManagedThreadId}");
}
Console.WriteLine($"the loop held its thread {(watch.ElapsedMilliseconds >= 290 ? "until the slowest" : "for less")}");
Console.WriteLine("AsOrdered: " + string.Join(' ', results.AsOrdered()));
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -oE '^a result of [0-9]+' <<< "$output" | tr -d 'a-z ' | tr '\n' ' ' | grep -q '^100 200 300 $' || { echo "Changed: the order"; exit 1; }
grep -qE '^AsOrdered: 300 200 100' <<< "$output" || { echo "Changed: no line matches '^AsOrdered: 300 200 100'"; exit 1; }
grep -qE '^the loop held its thread until the slowest' <<< "$output" || { echo "Changed: no line matches '^the loop held its thread until the slowest'"; exit 1; }
echo "As described."
