#!/usr/bin/env bash
# Microsoft.Extensions.Hosting 10.0.12: whether IHostedLifecycleService.StoppingAsync runs before ApplicationStopping fires depends on who stops the host.
# The guess: StoppingAsync is the first that a service hears of the end, and the token fires after it, however the host is stopped; so the documentation has it.
# Seen: with StopAsync of the host the token has not fired in StoppingAsync, with StopApplication, as after Ctrl+C, it has. In StopAsync of the service it has fired both times; ApplicationStopped has not in StoppedAsync.
# Why the guess misses it: StopApplication fires the token by itself, and only what waits for the token calls StopAsync of the host. What StoppingAsync does while requests and loops still run is done in a test that calls StopAsync, and too late in production.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Hosting@10.0.12
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

Console.WriteLine($".NET {Environment.Version}, Microsoft.Extensions.Hosting {typeof(Host).Assembly.GetName().Version}");
foreach (var way in new[] { "StopAsync", "StopApplication" })
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.Services.AddHostedService<Service>();
    using var host = builder.Build();
    await host.StartAsync();
    var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
    if (way == "StopAsync") await host.StopAsync();
    else
    {
        var ended = host.WaitForShutdownAsync();
        lifetime.StopApplication();
        await ended;
    }
    Console.WriteLine($"{way}: {Service.Seen}");
}
public sealed class Service(IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    public static string Seen = "";
    public Task StartingAsync(CancellationToken token) => Task.CompletedTask;
    public Task StartAsync(CancellationToken token) { Seen = ""; return Task.CompletedTask; }
    public Task StartedAsync(CancellationToken token) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken token) { Seen += $"StoppingAsync sees ApplicationStopping {lifetime.ApplicationStopping.IsCancellationRequested}"; return Task.CompletedTask; }
    public Task StopAsync(CancellationToken token) { Seen += $", StopAsync {lifetime.ApplicationStopping.IsCancellationRequested}"; return Task.CompletedTask; }
    public Task StoppedAsync(CancellationToken token) { Seen += $", StoppedAsync sees ApplicationStopped {lifetime.ApplicationStopped.IsCancellationRequested}"; return Task.CompletedTask; }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^StopAsync: StoppingAsync sees ApplicationStopping False, StopAsync True, StoppedAsync sees ApplicationStopped False' <<< "$output" || { echo "Changed: no line matches '^StopAsync: StoppingAsync sees ApplicationStopping False, StopAsync True, StoppedAsync sees ApplicationStopped False'"; exit 1; }
grep -qE '^StopApplication: StoppingAsync sees ApplicationStopping True, StopAsync True, StoppedAsync sees ApplicationStopped False' <<< "$output" || { echo "Changed: no line matches '^StopApplication: StoppingAsync sees ApplicationStopping True, StopAsync True, StoppedAsync sees ApplicationStopped False'"; exit 1; }
echo "As described."
