#!/usr/bin/env bash
# Elastic.Clients.Elasticsearch 9.5.3: a call whose token fires returns a response; it throws nothing.
# The guess: whatever the client does with failures of the server, the token of the caller ends the call with OperationCanceledException.
# Seen: with a server that does not answer, the token, the time-out and a refused connection all give a response with IsValidResponse false, and a task that ran to completion. The cancellation is in ApiCallDetails.OriginalException. With ThrowExceptions the token gives a TransportException.
# Why the guess misses it: the client catches what the request throws and puts it into the response, cancellations included. A loop that stops by its token goes on with an empty answer: no document is found, and the next one is asked for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Elastic.Clients.Elasticsearch@9.5.3
using System.Net;
using System.Net.Sockets;
using Elastic.Clients.Elasticsearch;

Console.WriteLine($".NET {Environment.Version}, Elastic.Clients.Elasticsearch {typeof(ElasticsearchClient).Assembly.GetName().Version}");
using var silent = new TcpListener(IPAddress.Loopback, 0);
silent.Start();
foreach (var throws in new[] { false, true })
{
    var client = new ElasticsearchClient(
        new ElasticsearchClientSettings(new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}")).DisablePing().MaximumRetries(0).ThrowExceptions(throws));
    using var source = new CancellationTokenSource(500);
    var task = client.SearchAsync<Document>(search => search.Indices("documents"), source.Token);
    try
    {
        var response = await task;
        Console.WriteLine($"ThrowExceptions {throws}: returned, valid {response.IsValidResponse}, documents {response.Documents.Count}, token {source.IsCancellationRequested}, "
            + $"{response.ApiCallDetails.OriginalException?.GetType().Name}, task {task.Status}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"ThrowExceptions {throws}: threw {exception.GetType().Name}, OperationCanceledException {exception is OperationCanceledException}, task {task.Status}");
    }
}

public sealed record Document(string Text);
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^ThrowExceptions False: returned, valid False, documents 0, token True, TaskCanceledException, task RanToCompletion' <<< "$output" || { echo "Changed: no line matches '^ThrowExceptions False: returned, valid False, documents 0, token True, TaskCanceledException, task RanToCompletion'"; exit 1; }
grep -qE '^ThrowExceptions True: threw' <<< "$output" || { echo "Changed: no line matches '^ThrowExceptions True: threw'"; exit 1; }
echo "As described."
