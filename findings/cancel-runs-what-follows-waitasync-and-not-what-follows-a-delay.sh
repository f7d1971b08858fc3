#!/usr/bin/env bash
# .NET 10: CancellationTokenSource.Cancel runs the code behind "await task.WaitAsync(token)" inside its own call; the code behind Task.Delay(…, token) and the other waits runs elsewhere.
# The guess: either all continuations of a cancelled wait run inside Cancel, as one reads of Task.Delay, or none does.
# Seen: of six ways to wait with a token, WaitAsync alone runs what follows before Cancel returns. What blocks there blocks the one who cancels, and what the canceller holds locked is still locked.
# Why the guess misses it: WaitAsync is what guides recommend for a call that ignores its token, as the harmless wrapper; Delay, SemaphoreSlim and channels queue their continuations, so that a change from one to the other moves the code to another thread.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;

Console.WriteLine($".NET {Environment.Version}");
await Show("Task.WaitAsync", token => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously).Task.WaitAsync(token));
await Show("Task.WaitAsync with a limit", token => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously).Task.WaitAsync(TimeSpan.FromHours(1), token));
await Show("Task.Delay", token => Task.Delay(Timeout.Infinite, token));
await Show("SemaphoreSlim.WaitAsync", token => new SemaphoreSlim(0).WaitAsync(token));
await Show("ChannelReader.ReadAsync", token => Channel.CreateUnbounded<int>().Reader.ReadAsync(token).AsTask());
await Show("BufferBlock.ReceiveAsync", token => new BufferBlock<int>().ReceiveAsync(token));

static async Task Show(string name, Func<CancellationToken, Task> wait)
{
    using var source = new CancellationTokenSource();
    var isInside = false;
    var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    async Task Wait()
    {
        try
        {
            var waiting = wait(source.Token);
            started.SetResult();
            await waiting;
        }
        catch (OperationCanceledException)
        {
            isInside = Canceller.IsCancelling;
        }
    }

    var all = Task.Run(Wait);
    await started.Task;
    await Task.Delay(300);
    var thread = new Thread(() =>
    {
        Canceller.IsCancelling = true;
        source.Cancel();
        Canceller.IsCancelling = false;
    });
    thread.Start();
    thread.Join();
    await all;
    Console.WriteLine($"{name}: {(isInside ? "inside Cancel" : "elsewhere")}");
}

public static class Canceller
{
    [ThreadStatic]
    public static bool IsCancelling;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Task.WaitAsync: inside Cancel' <<< "$output" || { echo "Changed: no line matches '^Task.WaitAsync: inside Cancel'"; exit 1; }
grep -qE '^Task.WaitAsync with a limit: inside Cancel' <<< "$output" || { echo "Changed: no line matches '^Task.WaitAsync with a limit: inside Cancel'"; exit 1; }
grep -qE '^Task.Delay: elsewhere' <<< "$output" || { echo "Changed: no line matches '^Task.Delay: elsewhere'"; exit 1; }
grep -qE '^SemaphoreSlim.WaitAsync: elsewhere' <<< "$output" || { echo "Changed: no line matches '^SemaphoreSlim.WaitAsync: elsewhere'"; exit 1; }
grep -qE '^ChannelReader.ReadAsync: elsewhere' <<< "$output" || { echo "Changed: no line matches '^ChannelReader.ReadAsync: elsewhere'"; exit 1; }
grep -qE '^BufferBlock.ReceiveAsync: elsewhere' <<< "$output" || { echo "Changed: no line matches '^BufferBlock.ReceiveAsync: elsewhere'"; exit 1; }
echo "As described."
