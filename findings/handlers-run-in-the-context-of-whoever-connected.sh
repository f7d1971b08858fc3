#!/usr/bin/env bash
# Microsoft.AspNetCore.SignalR.Client 10.0.15, MQTTnet 5.2.0.1603 and StreamJsonRpc 2.26.150: every handler runs with the AsyncLocal values, and under the Activity, of the code that opened the connection.
# The guess: a handler runs in a context of its own, as an endpoint of Kestrel does, since nothing of its caller is in this process.
# Seen: the handler sees the AsyncLocal of the one who called StartAsync, ConnectAsync or Attach, and Activity.Current is the activity that was started around that call and has been stopped long since. An endpoint of Kestrel, whose server was started in the same way, sees none.
# Why the guess misses it: the loop that receives is started inside the call that connects, and takes its context along for ever. All spans of all messages become children of the one that connected, and the tenant or user of the first request is that of every message; ExecutionContext.SuppressFlow around the connecting call avoids it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.AspNetCore.SignalR.Client@10.0.15
#:package MQTTnet@5.2.0.1603
#:package MQTTnet.Server@5.2.0.1603
#:package StreamJsonRpc@2.26.150
#:package Nerdbank.Streams@2.14.411
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using MQTTnet;
using MQTTnet.Server;
using Nerdbank.Streams;
using StreamJsonRpc;

Console.WriteLine($".NET {Environment.Version}");
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSignalR();
await using var app = builder.Build();
app.MapHub<Echo>("/echo");
app.MapGet("/", Ambient.Describe);
Ambient.User.Value = "starter";
await app.StartAsync();
using (var client = new HttpClient())
{
    Console.WriteLine($"Kestrel endpoint: {(await client.GetStringAsync(app.Urls.First())).Split(',')[0]}");
}

var signalR = new TaskCompletionSource<string>();
await using var connection = new HubConnectionBuilder().WithUrl($"{app.Urls.First()}/echo").Build();
connection.On("Hear", () => signalR.TrySetResult(Ambient.Describe()));
await Connect(() => connection.StartAsync());
await connection.InvokeAsync("Say");
Console.WriteLine($"SignalR handler: {await signalR.Task}");

var port = FreePort();
using var broker = new MqttServerFactory().CreateMqttServer(
    new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port).Build());
await broker.StartAsync();
var mqtt = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
using var subscriber = new MqttClientFactory().CreateMqttClient();
subscriber.ApplicationMessageReceivedAsync += _ =>
{
    mqtt.TrySetResult(Ambient.Describe());
    return Task.CompletedTask;
};
await Connect(() => subscriber.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(IPAddress.Loopback.ToString(), port).Build()));
await subscriber.SubscribeAsync("news");
await subscriber.PublishStringAsync("news", "x");
Console.WriteLine($"MQTTnet handler: {await mqtt.Task}");

var (near, far) = FullDuplexStream.CreatePair();
JsonRpc? server = null;
await Connect(() =>
{
    server = JsonRpc.Attach(near, new Service());
    return Task.CompletedTask;
});
using var caller = JsonRpc.Attach(far);
Console.WriteLine($"StreamJsonRpc method: {await caller.InvokeAsync<string>("Describe")}");
server!.Dispose();

static async Task Connect(Func<Task> connect)
{
    Ambient.User.Value = "who connected";
    using var activity = new Activity("connecting").Start();
    await connect();
    activity.Stop();
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

public static class Ambient
{
    public static AsyncLocal<string?> User { get; } = new();

    public static string Describe() => $"user {User.Value ?? "none"}, activity {Activity.Current?.OperationName ?? "none"}";
}

public sealed class Echo : Hub
{
    public Task Say() => Clients.Caller.SendAsync("Hear");
}

public sealed class Service
{
    public string Describe() => Ambient.Describe();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Kestrel endpoint: user none' <<< "$output" || { echo "Changed: no line matches '^Kestrel endpoint: user none'"; exit 1; }
grep -qE '^SignalR handler: user who connected, activity connecting' <<< "$output" || { echo "Changed: no line matches '^SignalR handler: user who connected, activity connecting'"; exit 1; }
grep -qE '^MQTTnet handler: user who connected, activity connecting' <<< "$output" || { echo "Changed: no line matches '^MQTTnet handler: user who connected, activity connecting'"; exit 1; }
grep -qE '^StreamJsonRpc method: user who connected, activity connecting' <<< "$output" || { echo "Changed: no line matches '^StreamJsonRpc method: user who connected, activity connecting'"; exit 1; }
echo "As described."
