#!/usr/bin/env bash
# Coravel 6.0.2: the queue runs everything that waits at once, and what is queued meanwhile only after the slowest of them has ended.
# The guess: a queue of background tasks runs one after the other, or so many at a time; a slow one does not keep a quick one that comes later from starting beside it.
# Seen: ten tasks that are queued together run all ten at the same time. While one of them takes long, a task that is queued later is not started, although the others have ended.
# Why the guess misses it: a timer takes all that is there, awaits the whole of it, and takes the next lot. Neither order nor a limit, which the word queue promises, and a quick mail is late by the length of the longest report.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Coravel@6.0.2
#:package Microsoft.Extensions.Hosting@10.0.15
using Coravel;
using Coravel.Queuing.Interfaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

Console.WriteLine($".NET {Environment.Version}");
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Configuration["Coravel:Queue:ConsummationDelay"] = "1";
builder.Services.AddQueue();
using var host = builder.Build();
var queue = host.Services.GetRequiredService<IQueue>();
var now = 0;
var allTen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
for (var number = 0; number < 10; number++)
{
    var wait = number == 0 ? slow.Task : allTen.Task;
    queue.QueueAsyncTask(async () =>
    {
        if (Interlocked.Increment(ref now) == 10)
        {
            allTen.SetResult();
        }

        await wait;
    });
}

await host.StartAsync();
Console.WriteLine($"ten at once: {await Task.WhenAny(allTen.Task, Task.Delay(30_000)) == allTen.Task}");
await Task.Delay(500);
var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
queue.QueueAsyncTask(() =>
{
    later.SetResult();
    return Task.CompletedTask;
});
Console.WriteLine($"a later one starts within five seconds beside the slow one: {await Task.WhenAny(later.Task, Task.Delay(5_000)) == later.Task}");
slow.SetResult();
Console.WriteLine($"after the slow one has ended it starts: {await Task.WhenAny(later.Task, Task.Delay(30_000)) == later.Task}");
await host.StopAsync();
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^ten at once: True' <<< "$output" || { echo "Changed: no line matches '^ten at once: True'"; exit 1; }
grep -qE '^a later one starts within five seconds beside the slow one: False' <<< "$output" || { echo "Changed: no line matches '^a later one starts within five seconds beside the slow one: False'"; exit 1; }
grep -qE '^after the slow one has ended it starts: True' <<< "$output" || { echo "Changed: no line matches '^after the slow one has ended it starts: True'"; exit 1; }
echo "As described."
