#!/usr/bin/env bash
# WolverineFx 6.62.0: IMessageBus.InvokeAsync(message, token, timeout) with a handler in the same process.
# The guess: after the time-out (300 ms here) the call ends with a TimeoutException, and the token of the handler fires.
# Seen: the time-out does nothing: the call ends well after the two seconds that the handler takes, and the handler's token does not fire. The caller's token does reach the handler.
# Why the guess misses it: the parameter is for messages that another process answers. A handler that is in this process is called directly, with the caller's token alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:package WolverineFx@6.62.0
#:package WolverineFx.RuntimeCompilation@6.62.0
#:property PublishAot=false
#:property NuGetAudit=false
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;

var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.UseWolverine(options => options.Discovery.DisableConventionalDiscovery().IncludeType<WorkHandler>());
using var host = builder.Build();
await host.StartAsync();
using var scope = host.Services.CreateScope();
var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
foreach (var byToken in new[] { false, true })
{
    using var source = new CancellationTokenSource(byToken ? 300 : 60_000);
    string caller;
    try
    {
        if (byToken) await bus.InvokeAsync(new Work(), source.Token);
        else await bus.InvokeAsync(new Work(), source.Token, TimeSpan.FromMilliseconds(300));
        caller = "ended well";
    }
    catch (Exception e)
    {
        caller = e.GetType().Name;
    }

    Console.WriteLine($"Wolverine {typeof(IMessageBus).Assembly.GetName().Version}, {(byToken ? "token" : "time-out")} of 300 ms: caller {caller}, handler {WorkHandler.State}");
}

await host.StopAsync();

public sealed record Work;

public sealed class WorkHandler
{
    public static string State = "";

    public async Task Handle(Work work, CancellationToken token)
    {
        State = "running";
        try
        {
            await Task.Delay(2000, token);
            State = "complete";
        }
        catch (OperationCanceledException)
        {
            State = "cancelled";
            throw;
        }
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'time-out of 300 ms: caller ended well, handler complete' <<< "$output" || { echo "Changed: no line matches 'time-out of 300 ms: caller ended well, handler complete'"; exit 1; }
grep -qE 'token of 300 ms: caller TaskCanceledException, handler cancelled' <<< "$output" || { echo "Changed: no line matches 'token of 300 ms: caller TaskCanceledException, handler cancelled'"; exit 1; }
echo "As described."
