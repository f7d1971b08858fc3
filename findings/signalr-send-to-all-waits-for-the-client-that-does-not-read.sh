#!/usr/bin/env bash
# ASP.NET Core 10 SignalR: Clients.All.SendAsync waits for the slowest client; one connection that does not read holds up whoever awaits a message to all.
# The guess: SendAsync queues the message for each connection and returns; a slow client gets its messages late or loses its connection, and the others and the sender do not notice.
# Seen: one client receives, another has connected and reads nothing. After some messages the task of SendAsync does not complete; the message has reached the client that reads, and the next SendAsync waits as well.
# Why the guess misses it: what does not fit into the buffers of a connection is awaited, for all connections together. A loop that broadcasts with await runs at the speed of the worst connection, until that is closed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.AspNetCore.SignalR.Client@10.0.15
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

Console.WriteLine($".NET {Environment.Version}");
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSignalR();
await using var app = builder.Build();
app.MapHub<News>("/news");
await app.StartAsync();
var address = app.Urls.First();

using var silent = new ClientWebSocket();
await silent.ConnectAsync(new Uri($"{address.Replace("http", "ws")}/news"), CancellationToken.None);
await silent.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, CancellationToken.None);

var received = 0;
await using var reading = new HubConnectionBuilder().WithUrl($"{address}/news").Build();
reading.On<int, string>("Item", (number, _) => Volatile.Write(ref received, number));
await reading.StartAsync();
while (News.Connected < 2)
{
    await Task.Delay(50);
}

var all = app.Services.GetRequiredService<IHubContext<News>>().Clients.All;
var text = new string('x', 1_000_000);
for (var number = 1; number <= 100; number++)
{
    var sending = all.SendAsync("Item", number, text);
    if (await Task.WhenAny(sending, Task.Delay(4000)) == sending)
    {
        continue;
    }

    var next = all.SendAsync("Item", number + 1, text);
    var hasNextEnded = await Task.WhenAny(next, Task.Delay(4000)) == next;
    Console.WriteLine($"a send to all waits; the client that reads has that message: {Volatile.Read(ref received) >= number}; the next send has ended: {hasNextEnded}");
    break;
}

silent.Abort();
Environment.Exit(0);

public sealed class News : Hub
{
    private static int _connected;

    public static int Connected => Volatile.Read(ref _connected);

    public override Task OnConnectedAsync()
    {
        Interlocked.Increment(ref _connected);
        return Task.CompletedTask;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^a send to all waits; the client that reads has that message: True; the next send has ended: False' <<< "$output" || { echo "Changed: no line matches '^a send to all waits; the client that reads has that message: True; the next send has ended: False'"; exit 1; }
echo "As described."
