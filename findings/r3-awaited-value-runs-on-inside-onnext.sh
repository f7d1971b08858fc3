#!/usr/bin/env bash
# R3 1.3.1: the code behind "await subject.FirstAsync()" runs inside the OnNext call of the producer.
# The guess: R3, which is built for async and await and returns tasks, completes them so that the awaiting code runs elsewhere, as channels and Dataflow do.
# Seen: the code behind the await runs on the thread of the producer, and OnNext returns after it: it may be blocked by its consumer, and holds whatever it had locked. Channel and BufferBlock run the same code elsewhere.
# Why the guess misses it: for System.Reactive, whose awaiter is a subject, this is known; R3 hands out ordinary tasks, and nothing in the type of a task tells how it is completed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package R3@1.3.1
#:package System.Reactive@7.0.0
using System.Reactive.Linq;
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;
using R3;

Console.WriteLine($".NET {Environment.Version}, R3 {typeof(R3.Observable).Assembly.GetName().Version}");
var first = new R3.Subject<int>();
await Show("R3 FirstAsync", () => first.FirstAsync(), () => first.OnNext(1));

var last = new R3.Subject<int>();
await Show("R3 LastAsync", () => last.LastAsync(), () =>
{
    last.OnNext(1);
    last.OnCompleted(Result.Success);
});

var list = new R3.Subject<int>();
await Show("R3 ToListAsync", () => list.ToListAsync(), () => list.OnCompleted(Result.Success));

var channel = Channel.CreateUnbounded<int>();
await Show("Channel ReadAsync", () => channel.Reader.ReadAsync().AsTask(), () => channel.Writer.TryWrite(1));

var block = new BufferBlock<int>();
await Show("BufferBlock ReceiveAsync", () => block.ReceiveAsync(), () => block.Post(1));

static async Task Show(string name, Func<Task> wait, Action produce)
{
    var isInside = false;
    var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    var all = Task.Run(async () =>
    {
        var waiting = wait();
        started.SetResult();
        await waiting;
        isInside = Producer.IsProducing;
    });
    await started.Task;
    await Task.Delay(300);
    var thread = new Thread(() =>
    {
        Producer.IsProducing = true;
        produce();
        Producer.IsProducing = false;
    });
    thread.Start();
    thread.Join();
    await all;
    Console.WriteLine($"{name}: {(isInside ? "inside the producer" : "elsewhere")}");
}

public static class Producer
{
    [ThreadStatic]
    public static bool IsProducing;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^R3 FirstAsync: inside the producer' <<< "$output" || { echo "Changed: no line matches '^R3 FirstAsync: inside the producer'"; exit 1; }
grep -qE '^R3 LastAsync: inside the producer' <<< "$output" || { echo "Changed: no line matches '^R3 LastAsync: inside the producer'"; exit 1; }
grep -qE '^R3 ToListAsync: inside the producer' <<< "$output" || { echo "Changed: no line matches '^R3 ToListAsync: inside the producer'"; exit 1; }
grep -qE '^Channel ReadAsync: elsewhere' <<< "$output" || { echo "Changed: no line matches '^Channel ReadAsync: elsewhere'"; exit 1; }
grep -qE '^BufferBlock ReceiveAsync: elsewhere' <<< "$output" || { echo "Changed: no line matches '^BufferBlock ReceiveAsync: elsewhere'"; exit 1; }
echo "As described."
