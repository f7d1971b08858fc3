#!/usr/bin/env bash
# MQTTnet 5.2.0.1603: a ConnectAsync that its token ends throws MqttConnectingFailedException in a faulted task, the same as for its time-out; PublishAsync with a token throws OperationCanceledException.
# The guess: the token of the caller gives OperationCanceledException from every member of the client; only a time-out or a refused connection is a failure.
# Seen: with a server that accepts and says nothing, the token and the time-out of the options both end ConnectAsync with MqttConnectingFailedException, "Connection closed", whose inner exceptions name no cancellation. PublishAsync with a cancelled token throws OperationCanceledException, and that in the call, before there is a task.
# Why the guess misses it: the token closes the connection, and what the client sees then is a connection that was closed while it waited for the answer. A loop "connect, on failure wait and try again, on cancellation stop" does not stop.
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
using MQTTnet.Server;

Console.WriteLine($".NET {Environment.Version}, MQTTnet {typeof(MqttClientFactory).Assembly.GetName().Version}");
using var silent = new TcpListener(IPAddress.Loopback, 0);
silent.Start();
var port = ((IPEndPoint)silent.LocalEndpoint).Port;
var factory = new MqttClientFactory();
using (var client = factory.CreateMqttClient())
using (var source = new CancellationTokenSource(500))
{
    await Show("ConnectAsync, token", () => client.ConnectAsync(factory.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), source.Token));
}

using (var client = factory.CreateMqttClient())
{
    var options = factory.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithTimeout(TimeSpan.FromMilliseconds(500)).Build();
    await Show("ConnectAsync, time-out", () => client.ConnectAsync(options));
}

var free = new TcpListener(IPAddress.Loopback, 0);
free.Start();
port = ((IPEndPoint)free.LocalEndpoint).Port;
free.Stop();
var servers = new MqttServerFactory();
using var server = servers.CreateMqttServer(servers.CreateServerOptionsBuilder().WithDefaultEndpoint().WithDefaultEndpointPort(port).Build());
await server.StartAsync();
using (var client = factory.CreateMqttClient())
{
    await client.ConnectAsync(factory.CreateClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build());
    await Show("PublishAsync, token", () => client.PublishStringAsync("topic", "text", cancellationToken: new CancellationToken(true)));
}

static async Task Show(string name, Func<Task> call)
{
    Task? task = null;
    try
    {
        task = call();
        await task;
        Console.WriteLine($"{name}: ended normally");
    }
    catch (Exception exception)
    {
        var cancellation = false;
        for (var inner = exception; inner is not null; inner = inner.InnerException) cancellation |= inner is OperationCanceledException;
        Console.WriteLine($"{name}: {exception.GetType().Name}, {task?.Status.ToString() ?? "no task"}, a cancellation in it: {cancellation}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^ConnectAsync, token: MqttConnectingFailedException, Faulted, a cancellation in it: False' <<< "$output" || { echo "Changed: no line matches '^ConnectAsync, token: MqttConnectingFailedException, Faulted, a cancellation in it: False'"; exit 1; }
grep -qE '^ConnectAsync, time-out: MqttConnectingFailedException, Faulted, a cancellation in it: False' <<< "$output" || { echo "Changed: no line matches '^ConnectAsync, time-out: MqttConnectingFailedException, Faulted, a cancellation in it: False'"; exit 1; }
grep -qE '^PublishAsync, token: [A-Za-z]*CanceledException, no task, a cancellation in it: True' <<< "$output" || { echo "Changed: no line matches '^PublishAsync, token: [A-Za-z]*CanceledException, no task, a cancellation in it: True'"; exit 1; }
echo "As described."
