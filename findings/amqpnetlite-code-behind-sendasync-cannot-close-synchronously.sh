#!/usr/bin/env bash
# AMQPNetLite 2.5.5: the code behind an awaited SendAsync runs on the thread that reads the connection, so that Close, which waits for the answer of the other side, cannot end there.
# The guess: the code behind an await goes on on the thread pool; a synchronous call after it holds that thread for a moment, and works.
# Seen: Close right behind SendAsync ends with a TimeoutException after its limit (60 seconds, unless one is passed); behind a hop to the pool it closes at once, and CloseAsync does so without one.
# Why the guess misses it: the task of SendAsync is completed by what reads the answer from the socket, and what follows the await is run inside; while it waits, nothing reads the answer that it waits for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package AMQPNetLite@2.5.5
using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Listener;

Console.WriteLine($".NET {Environment.Version}, AMQPNetLite {typeof(Connection).Assembly.GetName().Version}");
var free = new TcpListener(IPAddress.Loopback, 0);
free.Start();
var address = new Address($"amqp://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
free.Stop();
var host = new ContainerHost(address);
host.RegisterMessageProcessor("queue", new Processor());
host.Open();
var limit = TimeSpan.FromSeconds(4);

Console.WriteLine($"Close right behind SendAsync: {await Closed(link => link.Close(limit), hop: false)}");
Console.WriteLine($"Close behind SendAsync and a hop to the pool: {await Closed(link => link.Close(limit), hop: true)}");
Console.WriteLine($"CloseAsync right behind SendAsync: {await ClosedAsync()}");
Environment.Exit(0);

async Task<string> Closed(Action<SenderLink> close, bool hop)
{
    var link = await Open();
    await link.SendAsync(new Message("text"));
    if (hop) await Task.Run(static () => { });
    try
    {
        close(link);
        return "closes";
    }
    catch (TimeoutException)
    {
        return "TimeoutException";
    }
    finally
    {
        await Task.Run(static () => { });
    }
}

async Task<string> ClosedAsync()
{
    var link = await Open();
    await link.SendAsync(new Message("text"));
    await link.CloseAsync(limit, null);
    return "closes";
}

async Task<SenderLink> Open()
{
    var connection = await Connection.Factory.CreateAsync(address);
    return new SenderLink(new Session(connection), "sender", "queue");
}

sealed class Processor : IMessageProcessor
{
    public int Credit => 10;
    public void Process(MessageContext context)
    {
        Thread.Sleep(100);
        context.Complete();
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Close right behind SendAsync: TimeoutException' <<< "$output" || { echo "Changed: no line matches '^Close right behind SendAsync: TimeoutException'"; exit 1; }
grep -qE '^Close behind SendAsync and a hop to the pool: closes' <<< "$output" || { echo "Changed: no line matches '^Close behind SendAsync and a hop to the pool: closes'"; exit 1; }
grep -qE '^CloseAsync right behind SendAsync: closes' <<< "$output" || { echo "Changed: no line matches '^CloseAsync right behind SendAsync: closes'"; exit 1; }
echo "As described."
