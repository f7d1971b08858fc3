#!/usr/bin/env bash
# Microsoft.AspNetCore.SignalR.Client 10.0.15 with ASP.NET Core 10: the token of InvokeAsync never reaches the hub method.
# The guess: cancelling connection.InvokeAsync("Export", token) cancels the call on the server, as it does for StreamAsync, whose hub method takes a CancellationToken.
# Seen: the client gets TaskCanceledException; the hub method runs to its end, and Context.ConnectionAborted does not fire, as the connection is alive. StreamAsync cancels the token of its hub method.
# Why the guess misses it: the two client methods take the token in the same place, and only for streams is there a message that carries a cancellation.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.AspNetCore.SignalR.Client@10.0.15
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSignalR();
var app = builder.Build();
app.MapHub<Exports>("/exports");
await app.StartAsync();
Console.WriteLine($".NET {Environment.Version}, SignalR client {typeof(HubConnection).Assembly.GetName().Version}");
await using var connection = new HubConnectionBuilder().WithUrl(app.Urls.First() + "/exports").Build();
await connection.StartAsync();

using var call = new CancellationTokenSource(500);
try
{
    await connection.InvokeAsync("Export", call.Token);
}
catch (OperationCanceledException exception)
{
    Console.WriteLine($"InvokeAsync: {exception.GetType().Name}");
}

await Task.Delay(3000);
Console.WriteLine($"hub method: ran to its end {Exports.IsDone}, ConnectionAborted fired {Exports.IsAborted}");

using var stream = new CancellationTokenSource(500);
try
{
    await foreach (var number in connection.StreamAsync<int>("Count", stream.Token)) Exports.Last = number;
}
catch (OperationCanceledException exception)
{
    Console.WriteLine($"StreamAsync: {exception.GetType().Name}");
}

await Task.Delay(1000);
Console.WriteLine($"stream method: its token fired {Exports.IsStreamCancelled}");
await app.StopAsync();

public sealed class Exports : Hub
{
    public static bool IsDone, IsAborted, IsStreamCancelled;
    public static int Last;

    public async Task Export()
    {
        Context.ConnectionAborted.Register(() => IsAborted = true);
        await Task.Delay(2000, Context.ConnectionAborted);
        IsDone = true;
    }

    public async IAsyncEnumerable<int> Count([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() => IsStreamCancelled = true);
        for (var i = 0; ; i++)
        {
            yield return i;
            await Task.Delay(100, cancellationToken);
        }
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'InvokeAsync: TaskCanceledException' <<< "$output" || { echo "Changed: no line matches 'InvokeAsync: TaskCanceledException'"; exit 1; }
grep -qE 'hub method: ran to its end True, ConnectionAborted fired False' <<< "$output" || { echo "Changed: no line matches 'hub method: ran to its end True, ConnectionAborted fired False'"; exit 1; }
grep -qE 'stream method: its token fired True' <<< "$output" || { echo "Changed: no line matches 'stream method: its token fired True'"; exit 1; }
echo "As described."
