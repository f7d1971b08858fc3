#!/usr/bin/env bash
# AWSSDK.SQS 4.0.100.25: SendMessageAsync against a server that accepts and never answers, with the client's Timeout at one second; and the same with a token that fires.
# The guess: as HttpClient does below it, the time-out ends the call after one second with a TaskCanceledException whose inner exception is a TimeoutException.
# Seen: the request is sent again as often as MaxErrorRetry says (three connections here, the time of all of them), and then a TimeoutException is thrown whose inner exception is the TaskCanceledException: the other way round.
# Why the guess misses it: the SDK turns the client's cancellation round so that its retries can tell a time-out from the caller's token. 'catch (OperationCanceledException)' misses it, and 'Timeout' limits one attempt and not the call.
# The caller's token ends the call at once with a TaskCanceledException, in a pause between attempts as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:package AWSSDK.SQS@4.0.100.25
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
var accepted = new List<TcpClient>();
_ = Task.Run(async () =>
{
    while (true) accepted.Add(await listener.AcceptTcpClientAsync());
});
foreach (var byToken in new[] { false, true })
{
    accepted.Clear();
    var options = new AmazonSQSConfig { ServiceURL = address, Timeout = TimeSpan.FromSeconds(byToken ? 30 : 1), MaxErrorRetry = 2 };
    using var client = new AmazonSQSClient(new BasicAWSCredentials("a", "b"), options);
    using var source = new CancellationTokenSource(byToken ? 1000 : 60_000);
    var watch = Stopwatch.StartNew();
    try
    {
        await client.SendMessageAsync(new SendMessageRequest(address + "/queue", "text"), source.Token);
    }
    catch (Exception e)
    {
        var kind = byToken ? "token after 1 s" : "Timeout of 1 s";
        var after = watch.Elapsed.TotalSeconds < 2.5 ? "about one second" : "more than two seconds";
        Console.WriteLine($"{kind}: {accepted.Count} connections, {after}, {e.GetType().Name}, inner {e.InnerException?.GetType().Name ?? "none"}");
    }
}

Environment.Exit(0);
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'Timeout of 1 s: 3 connections, more than two seconds, TimeoutException, inner TaskCanceledException' <<< "$output" || { echo "Changed: no line matches 'Timeout of 1 s: 3 connections, more than two seconds, TimeoutException, inner TaskCanceledException'"; exit 1; }
grep -qE 'token after 1 s: 1 connections, about one second, TaskCanceledException, inner none' <<< "$output" || { echo "Changed: no line matches 'token after 1 s: 1 connections, about one second, TaskCanceledException, inner none'"; exit 1; }
echo "As described."
