#!/usr/bin/env bash
# .NET 10, ConcurrentExclusiveSchedulerPair: asynchronous delegates on the exclusive scheduler run beside each other.
# The guess: the exclusive scheduler is an asynchronous lock; of five async delegates that are started on it, one at a time is inside.
# Seen: all five are inside at once. Synchronous delegates on the same scheduler are inside one at a time.
# Why the guess misses it: a scheduler runs the pieces between the awaits, and the task that it waits for is over at the first await. What stands before and after an await is exclusive, the whole is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
Console.WriteLine($".NET {Environment.Version}");
var pair = new ConcurrentExclusiveSchedulerPair();
int inside = 0, most = 0;

await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Factory.StartNew(
    async () =>
    {
        Enter();
        await Task.Delay(200);
        Interlocked.Decrement(ref inside);
    },
    CancellationToken.None,
    TaskCreationOptions.None,
    pair.ExclusiveScheduler).Unwrap()));
Console.WriteLine($"asynchronous delegates: at most {most} inside");

most = 0;
await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Factory.StartNew(
    () =>
    {
        Enter();
        Thread.Sleep(50);
        Interlocked.Decrement(ref inside);
    },
    CancellationToken.None,
    TaskCreationOptions.None,
    pair.ExclusiveScheduler)));
Console.WriteLine($"synchronous delegates: at most {most} inside");

void Enter()
{
    var now = Interlocked.Increment(ref inside);
    most = Math.Max(most, now);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'asynchronous delegates: at most [2-5] inside' <<< "$output" || { echo "Changed: no line matches 'asynchronous delegates: at most [2-5] inside'"; exit 1; }
grep -qE '^synchronous delegates: at most 1 inside' <<< "$output" || { echo "Changed: no line matches '^synchronous delegates: at most 1 inside'"; exit 1; }
echo "As described."
