#!/usr/bin/env bash
# System.Threading.Tasks.Dataflow of .NET 10 and System.Reactive 7.0.0: what waits in an ActionBlock, or behind ObserveOn, runs with the AsyncLocal values and the Activity of whoever posted the first item.
# The guess: the delegate runs in the context of the one who posted its item, as Task.Run does, or in none.
# Seen: A, B and C are posted from three flows with a value each, while the block is busy. All three run with the value of A; so do they behind ObserveOn(TaskPoolScheduler.Default).
# Why the guess misses it: one task works until the queue is empty, and the context is captured when that task is started. Under load the log lines, the trace and the tenant of one request appear on the work of others, and a test that waits for each item hardly shows it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package System.Reactive@7.0.0
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Threading.Tasks.Dataflow;

Console.WriteLine($".NET {Environment.Version}, System.Reactive {typeof(Observable).Assembly.GetName().Version}");
var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
var seen = new List<string>();
var block = new ActionBlock<string>(async item =>
{
    seen.Add($"{item} sees {Request.Name.Value}");
    await gate.Task;
});
await Post(item => block.Post(item));
gate.SetResult();
block.Complete();
await block.Completion;
Console.WriteLine($"ActionBlock, busy: {string.Join(", ", seen)}");

var handled = new SemaphoreSlim(0);
var mayGoOn = new ManualResetEventSlim();
seen = [];
using var subject = new Subject<string>();
using var subscription = subject.ObserveOn(TaskPoolScheduler.Default).Subscribe(item =>
{
    mayGoOn.Wait();
    seen.Add($"{item} sees {Request.Name.Value}");
    handled.Release();
});
await Post(subject.OnNext);
mayGoOn.Set();
for (var item = 0; item < 3; item++)
{
    await handled.WaitAsync();
}

Console.WriteLine($"ObserveOn, busy: {string.Join(", ", seen)}");

static async Task Post(Action<string> post)
{
    foreach (var name in new[] { "A", "B", "C" })
    {
        await Task.Run(async () =>
        {
            Request.Name.Value = name;
            post(name);
            await Task.Delay(100);
        });
    }
}

public static class Request
{
    public static AsyncLocal<string> Name { get; } = new();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^ActionBlock, busy: A sees A, B sees A, C sees A' <<< "$output" || { echo "Changed: no line matches '^ActionBlock, busy: A sees A, B sees A, C sees A'"; exit 1; }
grep -qE '^ObserveOn, busy: A sees A, B sees A, C sees A' <<< "$output" || { echo "Changed: no line matches '^ObserveOn, busy: A sees A, B sees A, C sees A'"; exit 1; }
echo "As described."
