#!/usr/bin/env bash
# Microsoft.Orleans.Server 10.4.2: a grain method with a CancellationToken parameter runs longer than the ResponseTimeout of its caller (one second here).
# The guess: when the caller's await ends with a TimeoutException the call is over, so its token fires in the grain and the grain becomes free.
# Seen: the caller gets its TimeoutException, the token of the grain does not fire, and the method runs to its end; the next call of that grain waits for it.
# The option CancelRequestOnTimeout changes it. It is false by default.
# Why the guess misses it: a token that the caller cancels does reach the grain and ends the await at once; a time-out of the same call looks like the same thing and is only the caller's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:package Microsoft.Orleans.Server@10.4.2
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;
using Orleans.Configuration;

foreach (var cancel in new bool?[] { null, true })
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering();
        silo.Services.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = TimeSpan.FromSeconds(1);
            if (cancel is { } value) options.CancelRequestOnTimeout = value;
        });
    });
    using var host = builder.Build();
    await host.StartAsync();
    var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IWork>(1);
    Work.State = "running";
    using var source = new CancellationTokenSource();
    var caller = "ended";
    try
    {
        await grain.Run(source.Token);
    }
    catch (Exception e)
    {
        caller = e.GetType().Name;
    }

    var atOnce = Work.State;
    await Task.Delay(7000);
    Console.WriteLine($"Orleans 10.4.2, CancelRequestOnTimeout {cancel?.ToString() ?? "by default"}: caller {caller}, grain then {atOnce}, later {Work.State}");
    await host.StopAsync();
}

public interface IWork : IGrainWithIntegerKey
{
    Task Run(CancellationToken token);
}

public sealed class Work : Grain, IWork
{
    public static volatile string State = "";

    public async Task Run(CancellationToken token)
    {
        try
        {
            await Task.Delay(6000, token);
            State = "complete";
        }
        catch (OperationCanceledException)
        {
            State = "cancelled";
        }
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'by default: caller TimeoutException, grain then running, later complete' <<< "$output" || { echo "Changed: no line matches 'by default: caller TimeoutException, grain then running, later complete'"; exit 1; }
grep -qE 'CancelRequestOnTimeout True: caller TimeoutException, grain then [a-z]+, later cancelled' <<< "$output" || { echo "Changed: no line matches 'CancelRequestOnTimeout True: caller TimeoutException, grain then [a-z]+, later cancelled'"; exit 1; }
echo "As described."
