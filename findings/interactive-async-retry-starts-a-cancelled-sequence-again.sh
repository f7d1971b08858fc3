#!/usr/bin/env bash
# System.Interactive.Async 7.0.1: Retry(n) starts a sequence again whose own enumeration token has fired, as often as it may; Catch<T, Exception> goes on with the second sequence.
# The guess: a cancellation of the enumeration ends it; Retry and Catch are there for failures of the source.
# Seen: the token of WithCancellation fires in the first run, and the source is started fifty times with a token that is cancelled already, before OperationCanceledException comes out. Behind Catch the loop ends normally, with the items of the fallback.
# Why the guess misses it: to the operators a cancellation is an exception like others, and the token that they are given is not compared with it. A source that opens a connection in each run opens all of them after the stop.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package System.Interactive.Async@7.0.1
using System.Runtime.CompilerServices;

Console.WriteLine($".NET {Environment.Version}, System.Interactive.Async {typeof(AsyncEnumerableEx).Assembly.GetName().Version}");
var starts = 0;
using (var source = new CancellationTokenSource())
{
    try
    {
        await foreach (var _ in Items(source).Retry(50).WithCancellation(source.Token))
        {
        }
    }
    catch (OperationCanceledException exception)
    {
        Console.WriteLine($"Retry: {exception.GetType().Name} after {starts} starts");
    }
}

using (var source = new CancellationTokenSource())
{
    var seen = new List<int>();
    await foreach (var item in Items(source).Catch<int, Exception>((_, _) => ValueTask.FromResult(Fallback())).WithCancellation(source.Token))
    {
        seen.Add(item);
    }

    Console.WriteLine($"Catch: ended normally with {string.Join(", ", seen)}, token cancelled {source.IsCancellationRequested}");
}

async IAsyncEnumerable<int> Items(CancellationTokenSource source, [EnumeratorCancellation] CancellationToken token = default)
{
    starts++;
    yield return 1;
    await source.CancelAsync();
    await Task.Delay(Timeout.Infinite, token);
}

async IAsyncEnumerable<int> Fallback()
{
    await Task.Yield();
    yield return 9;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Retry: TaskCanceledException after 50 starts' <<< "$output" || { echo "Changed: no line matches '^Retry: TaskCanceledException after 50 starts'"; exit 1; }
grep -qE '^Catch: ended normally with 1, 9, token cancelled True' <<< "$output" || { echo "Changed: no line matches '^Catch: ended normally with 1, 9, token cancelled True'"; exit 1; }
echo "As described."
