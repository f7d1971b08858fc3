#!/usr/bin/env bash
# Websocket.Client 5.5.1: SendInstant of a client that is not connected ends normally, and its message is never sent; Start, where nothing listens, ends normally too.
# The guess: SendInstant, which is awaited and sends past the queue, throws where there is no connection, as ClientWebSocket.SendAsync does; and so does Start where the connection is refused.
# Seen: both tasks end normally, with IsStarted true and IsRunning false; the server that the client reaches afterwards receives what Send had queued before Start, and not what SendInstant had been given. StartOrFail throws the WebsocketException of the library.
# Why the guess misses it: of the two ways to send, the one that is awaited and called instant is the one that says nothing of a loss; the one that only queues keeps the message.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Websocket.Client@5.5.1
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Websocket.Client;

Console.WriteLine($".NET {Environment.Version}, Websocket.Client {typeof(WebsocketClient).Assembly.GetName().Version}");
var free = new TcpListener(IPAddress.Loopback, 0);
free.Start();
var port = ((IPEndPoint)free.LocalEndpoint).Port;
free.Stop();
var address = new Uri($"ws://127.0.0.1:{port}/");

using (var refused = new WebsocketClient(address) { IsReconnectionEnabled = false })
{
    await Report("Start where nothing listens", refused.Start());
    Console.WriteLine($"then IsStarted {refused.IsStarted}, IsRunning {refused.IsRunning}");
    await Report("SendInstant then", refused.SendInstant("lost"));
}

using (var refused = new WebsocketClient(address) { IsReconnectionEnabled = false })
    await Report("StartOrFail where nothing listens", refused.StartOrFail());

using var listener = new HttpListener();
listener.Prefixes.Add($"http://127.0.0.1:{port}/");
listener.Start();
var received = new List<string>();
var serving = Task.Run(async () =>
{
    var socket = (await (await listener.GetContextAsync()).AcceptWebSocketAsync(null)).WebSocket;
    var buffer = new byte[100];
    while (true)
    {
        var message = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        if (message.MessageType == WebSocketMessageType.Close) return;
        received.Add(Encoding.UTF8.GetString(buffer, 0, message.Count));
        if (received[^1] == "last") return;
    }
});
using var client = new WebsocketClient(address);
await Report("SendInstant before Start", client.SendInstant("instant"));
Console.WriteLine($"Send before Start: {client.Send("queued")}");
await client.StartOrFail();
await Task.Delay(500);
client.Send("last");
await serving.WaitAsync(TimeSpan.FromSeconds(30));
Console.WriteLine($"the server has received: {string.Join(", ", received)}");

static async Task Report(string what, Task task)
{
    try
    {
        await task;
        Console.WriteLine($"{what}: ends normally");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{what}: {exception.GetType().Name}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Start where nothing listens: ends normally' <<< "$output" || { echo "Changed: no line matches '^Start where nothing listens: ends normally'"; exit 1; }
grep -qE '^then IsStarted True, IsRunning False' <<< "$output" || { echo "Changed: no line matches '^then IsStarted True, IsRunning False'"; exit 1; }
grep -qE '^SendInstant then: ends normally' <<< "$output" || { echo "Changed: no line matches '^SendInstant then: ends normally'"; exit 1; }
grep -qE '^StartOrFail where nothing listens: WebsocketException' <<< "$output" || { echo "Changed: no line matches '^StartOrFail where nothing listens: WebsocketException'"; exit 1; }
grep -qE '^SendInstant before Start: ends normally' <<< "$output" || { echo "Changed: no line matches '^SendInstant before Start: ends normally'"; exit 1; }
grep -qE '^the server has received: queued, last$' <<< "$output" || { echo "Changed: no line matches '^the server has received: queued, last$'"; exit 1; }
echo "As described."
