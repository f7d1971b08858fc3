#!/usr/bin/env bash
# Microsoft.VisualStudio.Threading 18.12.1: DequeueAsync of an AsyncQueue that has been completed is Canceled, although no token was passed.
# The guess: the end of a queue is an InvalidOperationException, or a kind of it, as with channels, Dataflow and Nito.AsyncEx; a cancellation means that a token has fired.
# Seen: the reader that waits, and the one that comes after Complete, get TaskCanceledException in a task that is Canceled. Channel, BufferBlock and AsyncProducerConsumerQueue of Nito.AsyncEx.Coordination 5.1.2 give InvalidOperationException or one that derives from it, in a task that is Faulted.
# Why the guess misses it: the library has no exception of its own for the end. "catch (OperationCanceledException)" takes the regular end for a stop by the user, and a loop that retries what was cancelled never ends.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.VisualStudio.Threading.Only@18.12.1
#:package Nito.AsyncEx.Coordination@5.1.2
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;
using Microsoft.VisualStudio.Threading;
using Nito.AsyncEx;

Console.WriteLine($".NET {Environment.Version}, Microsoft.VisualStudio.Threading {typeof(AsyncQueue<>).Assembly.GetName().Version}, Nito.AsyncEx {typeof(AsyncProducerConsumerQueue<>).Assembly.GetName().Version}");
var queue = new AsyncQueue<int>();
await Show("AsyncQueue", () => queue.DequeueAsync(), queue.Complete);
var nito = new AsyncProducerConsumerQueue<int>();
await Show("AsyncProducerConsumerQueue", () => nito.DequeueAsync(), nito.CompleteAdding);
var channel = Channel.CreateUnbounded<int>();
await Show("Channel", () => channel.Reader.ReadAsync().AsTask(), () => channel.Writer.Complete());
var block = new BufferBlock<int>();
await Show("BufferBlock", () => block.ReceiveAsync(), block.Complete);

static async Task Show(string name, Func<Task> take, Action complete)
{
    var waiting = take();
    complete();
    foreach (var (which, task) in new[] { ("waiting", waiting), ("afterwards", take()) })
    {
        try
        {
            await task;
            Console.WriteLine($"{name}, {which}: an item");
        }
        catch (Exception exception)
        {
            Console.WriteLine($"{name}, {which}: {task.Status}, {(exception is OperationCanceledException ? "a cancellation" : exception is InvalidOperationException ? "an invalid operation" : "something else")}, {exception.GetType().Name}");
        }
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^AsyncQueue, waiting: Canceled, a cancellation' <<< "$output" || { echo "Changed: no line matches '^AsyncQueue, waiting: Canceled, a cancellation'"; exit 1; }
grep -qE '^AsyncQueue, afterwards: Canceled, a cancellation' <<< "$output" || { echo "Changed: no line matches '^AsyncQueue, afterwards: Canceled, a cancellation'"; exit 1; }
grep -qE '^AsyncProducerConsumerQueue, waiting: Faulted, an invalid operation' <<< "$output" || { echo "Changed: no line matches '^AsyncProducerConsumerQueue, waiting: Faulted, an invalid operation'"; exit 1; }
grep -qE '^Channel, waiting: Faulted, an invalid operation' <<< "$output" || { echo "Changed: no line matches '^Channel, waiting: Faulted, an invalid operation'"; exit 1; }
grep -qE '^Channel, afterwards: Faulted, an invalid operation' <<< "$output" || { echo "Changed: no line matches '^Channel, afterwards: Faulted, an invalid operation'"; exit 1; }
grep -qE '^BufferBlock, waiting: Faulted, an invalid operation' <<< "$output" || { echo "Changed: no line matches '^BufferBlock, waiting: Faulted, an invalid operation'"; exit 1; }
echo "As described."
