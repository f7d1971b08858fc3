#!/usr/bin/env bash
# Three families of awaitable locks answer differently when the token is cancelled already and the lock is free.
# Nito.AsyncEx.Coordination 5.1.2 takes the lock; SemaphoreSlim (.NET 10), DotNext.Threading 6.12.0 and Microsoft.VisualStudio.Threading 18.12.1 (AsyncSemaphore) cancel.
# An event that is set: Nito and Microsoft.VisualStudio.Threading let the caller through, DotNext cancels.
# The guess: passing a cancelled token to an acquire always throws, as with SemaphoreSlim.
# Why the guess misses it: Nito documents a cancelled token as "try without waiting". Code that moves from one library to another changes what runs after a stop.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Nito.AsyncEx.Coordination@5.1.2
#:package DotNext.Threading@6.12.0
#:package Microsoft.VisualStudio.Threading.Only@18.12.1
using var stop = new CancellationTokenSource();
stop.Cancel();
Console.WriteLine($".NET {Environment.Version}");
await Try("SemaphoreSlim", () => new SemaphoreSlim(1).WaitAsync(stop.Token));
await Try("Nito AsyncLock", async () => { using var held = await new Nito.AsyncEx.AsyncLock().LockAsync(stop.Token); });
await Try("Nito AsyncSemaphore", () => new Nito.AsyncEx.AsyncSemaphore(1).WaitAsync(stop.Token));
await Try("Nito event", () => new Nito.AsyncEx.AsyncManualResetEvent(true).WaitAsync(stop.Token));
await Try("DotNext lock", async () => await new DotNext.Threading.AsyncExclusiveLock().AcquireAsync(stop.Token));
await Try("DotNext event", async () => await new DotNext.Threading.AsyncManualResetEvent(true).WaitAsync(stop.Token));
await Try("VS AsyncSemaphore", async () => { using var held = await new Microsoft.VisualStudio.Threading.AsyncSemaphore(1).EnterAsync(stop.Token); });
await Try("VS event", () => new Microsoft.VisualStudio.Threading.AsyncManualResetEvent(true).WaitAsync(stop.Token));

static async Task Try(string name, Func<Task> acquire)
{
    try
    {
        await acquire();
        Console.WriteLine(name + ": acquired");
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine(name + ": cancelled");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^SemaphoreSlim: cancelled' <<< "$output" || { echo "Changed: no line matches '^SemaphoreSlim: cancelled'"; exit 1; }
grep -qE '^Nito AsyncLock: acquired' <<< "$output" || { echo "Changed: no line matches '^Nito AsyncLock: acquired'"; exit 1; }
grep -qE '^Nito AsyncSemaphore: acquired' <<< "$output" || { echo "Changed: no line matches '^Nito AsyncSemaphore: acquired'"; exit 1; }
grep -qE '^Nito event: acquired' <<< "$output" || { echo "Changed: no line matches '^Nito event: acquired'"; exit 1; }
grep -qE '^DotNext lock: cancelled' <<< "$output" || { echo "Changed: no line matches '^DotNext lock: cancelled'"; exit 1; }
grep -qE '^DotNext event: cancelled' <<< "$output" || { echo "Changed: no line matches '^DotNext event: cancelled'"; exit 1; }
grep -qE '^VS AsyncSemaphore: cancelled' <<< "$output" || { echo "Changed: no line matches '^VS AsyncSemaphore: cancelled'"; exit 1; }
grep -qE '^VS event: acquired' <<< "$output" || { echo "Changed: no line matches '^VS event: acquired'"; exit 1; }
echo "As described."
