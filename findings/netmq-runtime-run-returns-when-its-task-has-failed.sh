#!/usr/bin/env bash
# NetMQ 4.0.4.5: NetMQRuntime.Run(tasks), the loop that NetMQ's asynchronous methods need, with a task that fails, and with a token that fires.
# The guess: Run blocks until the tasks are over and throws what they threw, as AsyncContext.Run of Nito.AsyncEx or Task.WaitAll do, and a cancelled Run throws OperationCanceledException.
# Seen: Run returns normally in both cases. The exception of the task is in the task alone.
# Why the guess misses it: Run takes the place of an 'await' at the top of a program; its result says that the tasks are over or that the token fired, and nothing of how they ended.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:package NetMQ@4.0.4.5
#:property PublishAot=false
#:property NuGetAudit=false
using NetMQ;

async Task Fails()
{
    await Task.Delay(100);
    throw new InvalidOperationException();
}

var failed = Task.CompletedTask;
foreach (var kind in new[] { "failing task", "token that fires" })
{
    using var runtime = new NetMQRuntime();
    using var source = new CancellationTokenSource(500);
    try
    {
        if (kind == "failing task")
        {
            failed = Fails();
            runtime.Run(failed);
        }
        else runtime.Run(source.Token, Task.Delay(3000));

        Console.WriteLine($"NetMQ {typeof(NetMQRuntime).Assembly.GetName().Version}, {kind}: Run returned");
    }
    catch (Exception e)
    {
        Console.WriteLine($"NetMQ {typeof(NetMQRuntime).Assembly.GetName().Version}, {kind}: {e.GetType().Name}");
    }
}

Environment.Exit(0);
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'failing task: Run returned' <<< "$output" || { echo "Changed: no line matches 'failing task: Run returned'"; exit 1; }
grep -qE 'token that fires: Run returned' <<< "$output" || { echo "Changed: no line matches 'token that fires: Run returned'"; exit 1; }
echo "As described."
