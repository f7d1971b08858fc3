#!/usr/bin/env bash
# What a disposed asynchronous lock does to those who wait for it: .NET 10 SemaphoreSlim, System.Threading.RateLimiting 10.0.12, DotNext.Threading 6.12.0, Microsoft.VisualStudio.Threading 18.12.1.
# The guess: who waits gets an ObjectDisposedException, as who asks afterwards does.
# Seen: the waiter of SemaphoreSlim.WaitAsync waits for ever; that of a ConcurrencyLimiter gets a lease that is not acquired, without an exception; those of DotNext and of AsyncSemaphore get ObjectDisposedException.
# Why the guess misses it: disposal is documented for the calls after it. Code that shuts down by disposing its lock hangs with the first, and goes on without the permit with the second.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package System.Threading.RateLimiting@10.0.12
#:package DotNext.Threading@6.12.0
#:package Microsoft.VisualStudio.Threading.Only@18.12.1
using System.Threading.RateLimiting;
using DotNext.Threading;
using AsyncSemaphore = Microsoft.VisualStudio.Threading.AsyncSemaphore;

Console.WriteLine($".NET {Environment.Version}");
var semaphore = new SemaphoreSlim(0);
await Show("SemaphoreSlim", semaphore.WaitAsync(), semaphore);

var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 });
_ = limiter.AttemptAcquire();
await Show("ConcurrencyLimiter", limiter.AcquireAsync().AsTask(), limiter);

var exclusive = new AsyncExclusiveLock();
await exclusive.AcquireAsync();
await Show("DotNext AsyncExclusiveLock", exclusive.AcquireAsync().AsTask(), exclusive);

var signal = new AsyncManualResetEvent(false);
await Show("DotNext AsyncManualResetEvent", signal.WaitAsync().AsTask(), signal);

var counted = new AsyncSemaphore(1);
_ = await counted.EnterAsync();
await Show("VisualStudio.Threading AsyncSemaphore", counted.EnterAsync(), counted);

static async Task Show(string name, Task waiting, IDisposable @lock)
{
    @lock.Dispose();
    if (await Task.WhenAny(waiting, Task.Delay(2000)) != waiting)
    {
        Console.WriteLine($"{name}: still waits");
        return;
    }

    try
    {
        await waiting;
        Console.WriteLine($"{name}: ended{(waiting is Task<RateLimitLease> { Result.IsAcquired: var isAcquired } ? $", acquired {isAcquired}" : "")}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^SemaphoreSlim: still waits' <<< "$output" || { echo "Changed: no line matches '^SemaphoreSlim: still waits'"; exit 1; }
grep -qE '^ConcurrencyLimiter: ended, acquired False' <<< "$output" || { echo "Changed: no line matches '^ConcurrencyLimiter: ended, acquired False'"; exit 1; }
grep -qE '^DotNext AsyncExclusiveLock: ObjectDisposedException' <<< "$output" || { echo "Changed: no line matches '^DotNext AsyncExclusiveLock: ObjectDisposedException'"; exit 1; }
grep -qE '^DotNext AsyncManualResetEvent: ObjectDisposedException' <<< "$output" || { echo "Changed: no line matches '^DotNext AsyncManualResetEvent: ObjectDisposedException'"; exit 1; }
grep -qE 'AsyncSemaphore: ObjectDisposedException' <<< "$output" || { echo "Changed: no line matches 'AsyncSemaphore: ObjectDisposedException'"; exit 1; }
echo "As described."
