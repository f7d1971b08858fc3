#!/usr/bin/env bash
# Jint 4.18.0: a script that the CancellationToken constraint ends throws ExecutionCanceledException, which is no OperationCanceledException.
# The guess: options.CancellationToken(token) ends the script as a token ends everything else in .NET.
# Seen: Execute throws Jint.Runtime.ExecutionCanceledException, whose bases are JintException and Exception. EvaluateAsync, which waits for a promise, throws TaskCanceledException for the same token; so one engine has two answers.
# Why the guess misses it: a filter for OperationCanceledException does not see it, and a service that is stopped while a script runs logs an error, or ends the host.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Jint@4.18.0
using Jint;

Console.WriteLine($".NET {Environment.Version}, Jint {typeof(Engine).Assembly.GetName().Version}");
using var first = new CancellationTokenSource(300);
await Show("Execute", () =>
{
    new Engine(options => options.CancellationToken(first.Token)).Execute("var n = 0; while (n >= 0) n = (n + 1) % 1000;");
    return Task.CompletedTask;
});
using var second = new CancellationTokenSource(300);
await Show("EvaluateAsync", async () =>
    await new Engine(options => options.CancellationToken(second.Token))
        .EvaluateAsync("new Promise(resolve => { })", cancellationToken: second.Token));

static async Task Show(string name, Func<Task> run)
{
    try
    {
        await run();
        Console.WriteLine($"{name}: nothing");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}, an OperationCanceledException: {exception is OperationCanceledException}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Execute: ExecutionCanceledException, an OperationCanceledException: False' <<< "$output" || { echo "Changed: no line matches '^Execute: ExecutionCanceledException, an OperationCanceledException: False'"; exit 1; }
grep -qE '^EvaluateAsync: TaskCanceledException, an OperationCanceledException: True' <<< "$output" || { echo "Changed: no line matches '^EvaluateAsync: TaskCanceledException, an OperationCanceledException: True'"; exit 1; }
echo "As described."
