#!/usr/bin/env bash
# Microsoft.Extensions.Hosting 10.0.15: when the StartAsync of one hosted service fails, the services that had started are not stopped.
# The guess: the host rolls back, calling StopAsync of what runs, before the exception leaves StartAsync or RunAsync.
# Seen: StopAsync of the first service is not called, and its stopping token has not fired when StartAsync throws. Disposing the host, which RunAsync does, fires the token and waits for nothing: what the service does on its way out is cut off with the process.
# Why the guess misses it: start and stop look like a pair. A service that registers itself somewhere at start, takes a lease or a lock, keeps it when its neighbour fails.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Hosting@10.0.15
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

Console.WriteLine($".NET {Environment.Version}, Hosting {typeof(Host).Assembly.GetName().Version}");
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services.AddHostedService<Started>();
builder.Services.AddHostedService<Failing>();
var host = builder.Build();
try
{
    await host.StartAsync();
}
catch (InvalidDataException)
{
    Console.WriteLine($"after StartAsync: StopAsync called {Started.IsStopped}, token fired {Started.IsFired}");
}

host.Dispose();
Console.WriteLine($"after Dispose: StopAsync called {Started.IsStopped}, token fired {Started.IsFired}, has given back what it took {Started.HasGivenBack}");

public sealed class Started : BackgroundService
{
    public static volatile bool IsStopped, IsFired, HasGivenBack;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var registration = stoppingToken.Register(() => IsFired = true);
        try
        {
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
        finally
        {
            await Task.Delay(200, CancellationToken.None);
            HasGivenBack = true;
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        IsStopped = true;
        return base.StopAsync(cancellationToken);
    }
}

public sealed class Failing : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(200, cancellationToken);
        throw new InvalidDataException();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'after StartAsync: StopAsync called False, token fired False' <<< "$output" || { echo "Changed: no line matches 'after StartAsync: StopAsync called False, token fired False'"; exit 1; }
grep -qE 'after Dispose: StopAsync called False, token fired True, has given back what it took False' <<< "$output" || { echo "Changed: no line matches 'after Dispose: StopAsync called False, token fired True, has given back what it took False'"; exit 1; }
echo "As described."
