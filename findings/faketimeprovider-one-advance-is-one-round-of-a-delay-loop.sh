#!/usr/bin/env bash
# Microsoft.Extensions.TimeProvider.Testing 10.11.0: Advance(10 s) lets a loop around a delay of one second run once, not ten times.
# The guess: code under test that waits for a second in a loop has run ten rounds after FakeTimeProvider.Advance(TimeSpan.FromSeconds(10)).
# Seen: one round, however long one waits after it. Ten calls of Advance(1 s), with a pause for the loop between them, give ten. A TimeProvider timer with a period of a second fires ten times within the one call.
# Why the guess misses it: the time is at its end before the continuation of the first delay asks for the next one, which is then measured from there; a periodic timer is re-armed by the provider itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.TimeProvider.Testing@10.11.0
using Microsoft.Extensions.Time.Testing;

Console.WriteLine($".NET {Environment.Version}, TimeProvider.Testing {typeof(FakeTimeProvider).Assembly.GetName().Version}");
var second = TimeSpan.FromSeconds(1);
foreach (var steps in new[] { 1, 10 })
{
    var time = new FakeTimeProvider();
    var rounds = 0;
    _ = Task.Run(async () =>
    {
        while (rounds < 100)
        {
            await Task.Delay(second, time);
            Interlocked.Increment(ref rounds);
        }
    });
    await Task.Delay(500);
    for (var i = 0; i < steps; i++)
    {
        time.Advance(TimeSpan.FromSeconds(10 / steps));
        await Task.Delay(200);
    }

    Console.WriteLine($"loop around a delay, 10 s in {steps} step(s): {rounds} round(s)");
}

var clock = new FakeTimeProvider();
var fired = 0;
using var timer = clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, second, second);
clock.Advance(TimeSpan.FromSeconds(10));
Console.WriteLine($"periodic timer, 10 s in one step: fired {fired} times");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '10 s in 1 step.s.: 1 round' <<< "$output" || { echo "Changed: no line matches '10 s in 1 step.s.: 1 round'"; exit 1; }
grep -qE '10 s in 10 step.s.: 10 round' <<< "$output" || { echo "Changed: no line matches '10 s in 10 step.s.: 10 round'"; exit 1; }
grep -qE 'fired 10 times' <<< "$output" || { echo "Changed: no line matches 'fired 10 times'"; exit 1; }
echo "As described."
