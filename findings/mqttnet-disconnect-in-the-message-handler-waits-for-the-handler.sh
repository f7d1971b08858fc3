#!/usr/bin/env bash
# MQTTnet 5.2.0.1603: DisconnectAsync that is awaited inside ApplicationMessageReceivedAsync does not end, as it waits for the handler.
# The guess: a client may leave when the message says so: "await client.DisconnectAsync()" in the handler completes, as "await client.PublishAsync(…)" does there.
# Seen: publishing from the handler with QoS 1 is acknowledged; the disconnection is not over while the handler runs, and is once the handler has returned without waiting for it.
# Why the guess misses it: each message is awaited before the next, and the end of the connection waits for the loop that does so. A device that shuts itself down by a message stays between connected and not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package MQTTnet@5.2.0.1603
#:package MQTTnet.Server@5.2.0.1603
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

Console.WriteLine($".NET {Environment.Version}, MQTTnet {typeof(MqttClientFactory).Assembly.GetName().Version}");
var port = FreePort();
var server = new MqttServerFactory().CreateMqttServer(
    new MqttServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointPort(port).Build());
await server.StartAsync();
var client = new MqttClientFactory().CreateMqttClient();
var mayReturn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
var started = new TaskCompletionSource<(bool IsPublished, Task Disconnecting)>(TaskCreationOptions.RunContinuationsAsynchronously);
client.ApplicationMessageReceivedAsync += async _ =>
{
    var publishing = client.PublishStringAsync("answer", "leaving", MqttQualityOfServiceLevel.AtLeastOnce);
    var isPublished = await Task.WhenAny(publishing, Task.Delay(10_000)) == publishing;
    started.SetResult((isPublished, client.DisconnectAsync()));
    await mayReturn.Task;
};
await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(IPAddress.Loopback.ToString(), port).Build());
await client.SubscribeAsync("command");
await client.PublishStringAsync("command", "leave");
var (isPublished, disconnecting) = await started.Task;
Console.WriteLine($"in the handler: published {isPublished}, disconnected within six seconds: {await Task.WhenAny(disconnecting, Task.Delay(6_000)) == disconnecting}");
mayReturn.SetResult();
Console.WriteLine($"after the handler: disconnected {await Task.WhenAny(disconnecting, Task.Delay(20_000)) == disconnecting}");
await server.StopAsync();

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^in the handler: published True, disconnected within six seconds: False' <<< "$output" || { echo "Changed: no line matches '^in the handler: published True, disconnected within six seconds: False'"; exit 1; }
grep -qE '^after the handler: disconnected True' <<< "$output" || { echo "Changed: no line matches '^after the handler: disconnected True'"; exit 1; }
echo "As described."
