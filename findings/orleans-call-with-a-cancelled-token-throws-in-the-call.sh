#!/usr/bin/env bash
# Microsoft.Orleans.Server 10.4.2: a grain method called with a token that has fired already.
# The guess: the call returns a task that is Canceled, as nearly every method of .NET that returns a task does, and as the same call does when the token fires a moment later.
# Seen: the OperationCanceledException is thrown in the call itself, before there is a task. With a token that fires during the call the task is Canceled.
# Why the guess misses it: behind 'await' both look the same. They differ where calls are collected for Task.WhenAll: the exception leaves the loop, and the calls that were started before are awaited by none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.Orleans.Server@10.4.2
#:property PublishAot=false
#:property NuGetAudit=false

var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.UseOrleans(silo => silo.UseLocalhostClustering());
using var host = builder.Build();
await host.StartAsync();
var grains = host.Services.GetRequiredService<IGrainFactory>();
using var source = new CancellationTokenSource();
var during = grains.GetGrain<IWork>(1).Run(source.Token);
await Task.Delay(300);
source.Cancel();
await during.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
Console.WriteLine($"Orleans 10.4.2, token fires during the call: a task that is {during.Status}");
try
{
    var before = grains.GetGrain<IWork>(2).Run(source.Token);
    await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    Console.WriteLine($"Orleans 10.4.2, token had fired: a task that is {before.Status}");
}
catch (OperationCanceledException)
{
    Console.WriteLine("Orleans 10.4.2, token had fired: thrown in the call");
}

await host.StopAsync();

public interface IWork : IGrainWithIntegerKey
{
    Task Run(CancellationToken token);
}

public sealed class Work : Grain, IWork
{
    public Task Run(CancellationToken token) => Task.Delay(3000, token);
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'token fires during the call: a task that is Canceled' <<< "$output" || { echo "Changed: no line matches 'token fires during the call: a task that is Canceled'"; exit 1; }
grep -qE 'token had fired: thrown in the call' <<< "$output" || { echo "Changed: no line matches 'token had fired: thrown in the call'"; exit 1; }
echo "As described."
