#!/usr/bin/env bash
# .NET 10, C# 14: what an async iterator puts into an AsyncLocal, or starts as the current Activity, is gone after its next yield.
# The guess: between two yields an iterator keeps its context as it keeps its locals; the value is the iterator's own and hidden from the loop at most.
# Seen: the value is there up to the "yield return" and null after it; Activity.Current as well, in the middle of a "using" of the activity. In a synchronous iterator the value stays, and the loop sees it.
# Why the guess misses it: each step is a call of MoveNextAsync, an async method, and what an async method changes in its context is undone when it returns to its caller. Spans that are started around the items of a stream lose their children.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;

Console.WriteLine($".NET {Environment.Version}");
var local = new AsyncLocal<string?>();
using var source = new ActivitySource("example");
using var listener = new ActivityListener
{
    ShouldListenTo = _ => true,
    Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
};
ActivitySource.AddActivityListener(listener);

await foreach (var item in LocalAsync()) Console.WriteLine($"async iterator, {item}; in the loop {local.Value ?? "null"}");
local.Value = null;
foreach (var item in Local()) Console.WriteLine($"iterator, {item}; in the loop {local.Value ?? "null"}");
await foreach (var item in ActivityAsync()) Console.WriteLine($"activity, {item}");

async IAsyncEnumerable<string> LocalAsync()
{
    local.Value = "set";
    await Task.Yield();
    yield return $"before the yield {local.Value ?? "null"}";
    yield return $"after the yield {local.Value ?? "null"}";
}

IEnumerable<string> Local()
{
    local.Value = "set";
    yield return $"before the yield {local.Value ?? "null"}";
    yield return $"after the yield {local.Value ?? "null"}";
}

async IAsyncEnumerable<string> ActivityAsync()
{
    using var activity = source.StartActivity("read");
    await Task.Yield();
    yield return $"before the yield {Activity.Current?.OperationName ?? "null"}";
    yield return $"after the yield {Activity.Current?.OperationName ?? "null"}";
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'async iterator, before the yield set; in the loop null' <<< "$output" || { echo "Changed: no line matches 'async iterator, before the yield set; in the loop null'"; exit 1; }
grep -qE 'async iterator, after the yield null' <<< "$output" || { echo "Changed: no line matches 'async iterator, after the yield null'"; exit 1; }
grep -qE '^iterator, after the yield set; in the loop set' <<< "$output" || { echo "Changed: no line matches '^iterator, after the yield set; in the loop set'"; exit 1; }
grep -qE 'activity, before the yield read' <<< "$output" || { echo "Changed: no line matches 'activity, before the yield read'"; exit 1; }
grep -qE 'activity, after the yield null' <<< "$output" || { echo "Changed: no line matches 'activity, after the yield null'"; exit 1; }
echo "As described."
