#!/usr/bin/env bash
# NATS.Net 3.3.2: "await foreach" over SubscribeAsync ends without an exception when its token fires; over the subscription of SubscribeCoreAsync it throws.
# The guess: the token ends the loop with OperationCanceledException, as the token of RequestAsync does; and a publication with a token that has fired already is not sent.
# Seen: with the token as an argument and with WithCancellation the loop ends as if the subscription were over; ReadAllAsync of the same subscription made by SubscribeCoreAsync throws OperationCanceledException. PublishAsync with a cancelled token sends its message.
# Why the guess misses it: the token ends the subscription, and a subscription that has ended completes its channel. What stands behind the loop cannot tell a stop from a subscription that the server or the connection has ended. A publication is written at once where there is room, before anything waits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package NATS.Net@3.3.2
using System.Net;
using System.Net.Sockets;
using System.Text;
using NATS.Client.Core;

// A server that says what it is, answers each PING, and keeps what it is sent.
var received = new StringBuilder();
using var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
_ = Task.Run(async () =>
{
    using var client = await listener.AcceptTcpClientAsync();
    var stream = client.GetStream();
    await stream.WriteAsync("INFO {\"server_id\":\"id\",\"version\":\"2.10.0\",\"proto\":1,\"headers\":true,\"max_payload\":1048576}\r\n"u8.ToArray());
    var buffer = new byte[65536];
    while (await stream.ReadAsync(buffer) is > 0 and var count)
    {
        var text = Encoding.ASCII.GetString(buffer, 0, count);
        lock (received) received.Append(text);
        if (text.Contains("PING")) await stream.WriteAsync("PONG\r\n"u8.ToArray());
    }
});
Console.WriteLine($".NET {Environment.Version}, NATS.Client.Core {typeof(NatsConnection).Assembly.GetName().Version}");
await using var connection = new NatsConnection(new NatsOpts { Url = $"nats://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}" });
await connection.ConnectAsync();
await Show("SubscribeAsync with a token", async token => await CountAsync(connection.SubscribeAsync<string>("subject", cancellationToken: token)));
await Show("SubscribeAsync, WithCancellation", async token => await CountAsync(connection.SubscribeAsync<string>("subject"), token));
await Show("SubscribeCoreAsync", async token =>
{
    await using var subscription = await connection.SubscribeCoreAsync<string>("subject");
    await CountAsync(subscription.Msgs.ReadAllAsync(token));
});
await Show("RequestAsync", async token => await connection.RequestAsync<string, string>("subject", "text", cancellationToken: token));
await Show("PublishAsync", async token => await connection.PublishAsync("subject", "published all the same", cancellationToken: token), 0);
await connection.PingAsync();
lock (received) Console.WriteLine($"at the server: {(received.ToString().Contains("published all the same") ? "published" : "nothing")}");

static async Task CountAsync(IAsyncEnumerable<NatsMsg<string>> messages, CancellationToken token = default)
{
    await foreach (var _ in messages.WithCancellation(token))
    {
    }
}

static async Task Show(string name, Func<CancellationToken, Task> work, int limit = 500)
{
    using var source = new CancellationTokenSource(limit);
    try
    {
        await work(source.Token);
        Console.WriteLine($"{name}: ended normally, token {source.IsCancellationRequested}");
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine($"{name}: cancelled");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^SubscribeAsync with a token: ended normally, token True' <<< "$output" || { echo "Changed: no line matches '^SubscribeAsync with a token: ended normally, token True'"; exit 1; }
grep -qE '^SubscribeAsync, WithCancellation: ended normally, token True' <<< "$output" || { echo "Changed: no line matches '^SubscribeAsync, WithCancellation: ended normally, token True'"; exit 1; }
grep -qE '^SubscribeCoreAsync: cancelled' <<< "$output" || { echo "Changed: no line matches '^SubscribeCoreAsync: cancelled'"; exit 1; }
grep -qE '^RequestAsync: cancelled' <<< "$output" || { echo "Changed: no line matches '^RequestAsync: cancelled'"; exit 1; }
grep -qE '^PublishAsync: ended normally, token True' <<< "$output" || { echo "Changed: no line matches '^PublishAsync: ended normally, token True'"; exit 1; }
grep -qE '^at the server: published' <<< "$output" || { echo "Changed: no line matches '^at the server: published'"; exit 1; }
echo "As described."
