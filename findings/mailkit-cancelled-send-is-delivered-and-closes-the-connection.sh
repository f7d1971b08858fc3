#!/usr/bin/env bash
# MailKit 4.18.2, with SmtpServer 11.1.0 as the server: a SendAsync that its token ends has closed the connection of the client, and the message, if it had left by then, is delivered.
# The guess: the token ends this one command; the client stays connected for the next message, as after a refused recipient, and what was cancelled is not sent.
# Seen: the token fires while the server stores the message. SendAsync ends with TaskCanceledException, IsConnected is false, and the next SendAsync throws ServiceNotConnectedException. The server stores the message all the same; its own token does not fire. After a message that the server refuses, the client is connected.
# Why the guess misses it: SMTP has no command to take back what was sent, so that the only way out is to close the socket. A loop that sends one message after the other with a limit for each fails for all that follow the first slow one, and a retry of that one sends it twice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package MailKit@4.18.2
#:package SmtpServer@11.1.0
using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Storage;

Console.WriteLine($".NET {Environment.Version}, MailKit {typeof(SmtpClient).Assembly.GetName().Version}");
var free = new TcpListener(IPAddress.Loopback, 0);
free.Start();
var port = ((IPEndPoint)free.LocalEndpoint).Port;
free.Stop();
var store = new SlowStore();
var services = new ServiceProvider();
services.Add(store);
using var stop = new CancellationTokenSource();
var serving = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("localhost").Port(port).Build(), services).StartAsync(stop.Token);
using var client = new SmtpClient();
for (var i = 0; i < 50 && !client.IsConnected; i++)
{
    try { await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None); }
    catch (SocketException) { await Task.Delay(100); }
}

await Send("refused", default);
using (var source = new CancellationTokenSource(700)) await Send("slow", source.Token);
await Send("next", default);
await store.Stored.Task.WaitAsync(TimeSpan.FromSeconds(30));
Console.WriteLine($"The server: stored the cancelled message, its token fired: {store.HasFired}");
await stop.CancelAsync();
await serving;

async Task Send(string subject, CancellationToken token)
{
    var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = "text" } };
    message.From.Add(new MailboxAddress("a", "a@example.com"));
    message.To.Add(new MailboxAddress("b", "b@example.com"));
    try
    {
        await client.SendAsync(message, token);
        Console.WriteLine($"{subject}: sent");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{subject}: {exception.GetType().Name}, connected: {client.IsConnected}");
    }
}

public sealed class SlowStore : MessageStore
{
    public TaskCompletionSource Stored { get; } = new();

    public bool HasFired { get; private set; }

    public override async Task<SmtpServer.Protocol.SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken token)
    {
        if (System.Text.Encoding.ASCII.GetString(System.Buffers.BuffersExtensions.ToArray(buffer)).Contains("refused")) return SmtpServer.Protocol.SmtpResponse.TransactionFailed;
        using var registration = token.Register(() => HasFired = true);
        await Task.Delay(3000);
        Stored.TrySetResult();
        return SmtpServer.Protocol.SmtpResponse.Ok;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1) || { echo "$output"; exit 1; }
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^refused: SmtpCommandException, connected: True' <<< "$output" || { echo "Changed: no line matches '^refused: SmtpCommandException, connected: True'"; exit 1; }
grep -qE '^slow: [A-Za-z]*CanceledException, connected: False' <<< "$output" || { echo "Changed: no line matches '^slow: [A-Za-z]*CanceledException, connected: False'"; exit 1; }
grep -qE '^next: ServiceNotConnectedException' <<< "$output" || { echo "Changed: no line matches '^next: ServiceNotConnectedException'"; exit 1; }
grep -qE '^The server: stored the cancelled message, its token fired: False' <<< "$output" || { echo "Changed: no line matches '^The server: stored the cancelled message, its token fired: False'"; exit 1; }
echo "As described."
