#!/usr/bin/env bash
# Polly.Core 8.8.0: AddTimeout does not end a callback that ignores the token, and its result is then returned as a success.
# The guess: ExecuteAsync throws TimeoutRejectedException after the time-out, whatever the callback does, as the pessimistic time-out of earlier major versions did.
# Seen: with a limit of 200 ms a callback of 1 s without the token takes the whole second and returns its value; with the token it ends with TimeoutRejectedException.
# Why the guess misses it: the strategy cancels the token and then awaits the callback; nothing is left behind, and nothing is limited either.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Polly.Core@8.8.0
using System.Diagnostics;
using Polly;
using Polly.Timeout;

var pipeline = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromMilliseconds(200)).Build();
Console.WriteLine($".NET {Environment.Version}, Polly.Core {typeof(ResiliencePipeline).Assembly.GetName().Version}");
await Try("without the token", async _ =>
{
    await Task.Delay(1000);
    return 42;
});
await Try("with the token", async token =>
{
    await Task.Delay(5000, token);
    return 42;
});

async Task Try(string name, Func<CancellationToken, ValueTask<int>> work)
{
    var watch = Stopwatch.StartNew();
    string outcome;
    try
    {
        outcome = "returned " + await pipeline.ExecuteAsync(work);
    }
    catch (TimeoutRejectedException)
    {
        outcome = "rejected";
    }

    Console.WriteLine($"{name}: {outcome}, {(watch.ElapsedMilliseconds >= 900 ? "after the whole second" : "early")} ({watch.ElapsedMilliseconds} ms)");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'without the token: returned 42, after the whole second' <<< "$output" || { echo "Changed: no line matches 'without the token: returned 42, after the whole second'"; exit 1; }
grep -qE 'with the token: rejected' <<< "$output" || { echo "Changed: no line matches 'with the token: rejected'"; exit 1; }
echo "As described."
