#!/usr/bin/env bash
# Microsoft.Extensions.Hosting 10.0.0: with ServicesStartConcurrently, a service still holds the others until its first await, and a failed one cancels none of them.
# The guess: the services start on threads of their own, and when one fails, the token of the others fires and StartAsync throws (as in a task group, and as the default order gives up at once).
# Seen: two services that block for a second take two seconds, started and stopped, concurrently or not. Where one fails at once, StartAsync waits until the slow one has started, and its token does not fire.
# Why the guess misses it: the host calls StartAsync of one service after the other and awaits the tasks together; 'concurrently' begins at the first await. The token is that of the start as a whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.Extensions.Hosting@10.0.0
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

Console.WriteLine($".NET {Environment.Version}, Microsoft.Extensions.Hosting {typeof(Host).Assembly.GetName().Version}");
foreach (var isConcurrent in new[] { false, true })
{
    using var host = HostOf(isConcurrent, new Blocking(), new Blocking());
    var start = await TimeOf(() => host.StartAsync());
    var stop = await TimeOf(() => host.StopAsync());
    Console.WriteLine($"{Name(isConcurrent)}, two services that block for 1 s: start {Seconds(start)}, stop {Seconds(stop)}");
}

foreach (var isConcurrent in new[] { false, true })
{
    using var host = HostOf(isConcurrent, new Awaiting(), new Awaiting());
    var start = await TimeOf(() => host.StartAsync());
    Console.WriteLine($"{Name(isConcurrent)}, two services that await for 1 s: start {Seconds(start)}");
    await host.StopAsync();
}

var slow = new Awaiting();
using (var host = HostOf(true, new Failing(), slow))
{
    var outcome = "";
    var start = await TimeOf(async () =>
    {
        try
        {
            await host.StartAsync();
            outcome = "succeeds";
        }
        catch (InvalidOperationException)
        {
            outcome = "throws";
        }
    });
    Console.WriteLine($"concurrently, one fails at once: StartAsync {outcome} after {Seconds(start)}, the other {slow.Outcome}");
}

static IHost HostOf(bool isConcurrent, params IHostedService[] services)
{
    var builder = Host.CreateEmptyApplicationBuilder(new());
    builder.Services.Configure<HostOptions>(options => options.ServicesStartConcurrently = options.ServicesStopConcurrently = isConcurrent);
    foreach (var service in services) builder.Services.AddSingleton(service);
    return builder.Build();
}

static async Task<TimeSpan> TimeOf(Func<Task> action)
{
    var watch = Stopwatch.StartNew();
    await action();
    return watch.Elapsed;
}

static string Name(bool isConcurrent) => isConcurrent ? "concurrently" : "one by one";
static string Seconds(TimeSpan time) => time.TotalSeconds < 1.8 ? "1 s" : "2 s";

sealed class Blocking : IHostedService
{
    public Task StartAsync(CancellationToken token) { Thread.Sleep(1000); return Task.CompletedTask; }
    public Task StopAsync(CancellationToken token) { Thread.Sleep(1000); return Task.CompletedTask; }
}

sealed class Awaiting : IHostedService
{
    public string Outcome { get; private set; } = "has not started";

    public async Task StartAsync(CancellationToken token)
    {
        Outcome = "was cancelled";
        await Task.Delay(1000, token);
        Outcome = "has started";
    }

    public Task StopAsync(CancellationToken token) => Task.CompletedTask;
}

sealed class Failing : IHostedService
{
    public Task StartAsync(CancellationToken token) => Task.FromException(new InvalidOperationException());
    public Task StopAsync(CancellationToken token) => Task.CompletedTask;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
expect() { grep -qF -- "$1" <<< "$output" || { echo "Changed: no line is '$1'"; exit 1; }; }
expect 'one by one, two services that block for 1 s: start 2 s, stop 2 s'
expect 'concurrently, two services that block for 1 s: start 2 s, stop 2 s'
expect 'one by one, two services that await for 1 s: start 2 s'
expect 'concurrently, two services that await for 1 s: start 1 s'
expect 'concurrently, one fails at once: StartAsync throws after 1 s, the other has started'
echo "As described."
