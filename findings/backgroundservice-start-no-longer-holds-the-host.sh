#!/usr/bin/env bash
# Microsoft.Extensions.Hosting 10.0.11: blocking code before the first await of BackgroundService.ExecuteAsync no longer delays the start of the host.
# With 8.0.1 and 9.0.18 it does.
# The guess: ExecuteAsync runs on the thread that starts the host until it awaits, so that whatever blocks there holds up every later service.
# Seen: with a service that sleeps for 700 ms first, StartAsync of the host takes over 700 ms with 8 and 9, and far less with 10.
# Why the guess misses it: since 10, StartAsync of BackgroundService runs the whole of ExecuteAsync on the thread pool. The package decides, not the target framework: all three run on .NET 10 here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo "SDK $(dotnet --version)"
for version in 8.0.1 9.0.18 10.0.11; do
    mkdir "$folder/$version"
    cd "$folder/$version"
    cat > program.cs <<PROGRAM
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Hosting@$version
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Services.AddHostedService<Slow>();
using var host = builder.Build();
var watch = Stopwatch.StartNew();
await host.StartAsync();
Console.WriteLine(\$"Hosting {typeof(Host).Assembly.GetName().Version}: StartAsync {(watch.ElapsedMilliseconds >= 700 ? "held" : "not held")} ({watch.ElapsedMilliseconds} ms)");
await host.StopAsync();

class Slow : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Thread.Sleep(700);
        await Task.Yield();
    }
}
PROGRAM
    output=$(dotnet run program.cs 2>&1)
    echo "$output"
    case $version in 10.*) want=": StartAsync not held" ;; *) want=": StartAsync held" ;; esac
    grep -q "$want" <<< "$output" || { echo "Changed: expected '$want' with $version"; exit 1; }
done
echo "As described."
