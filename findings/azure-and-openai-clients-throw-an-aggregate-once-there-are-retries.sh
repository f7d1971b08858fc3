#!/usr/bin/env bash
# Azure.Storage.Blobs 12.30.1 and OpenAI 2.15.0: a call that fails after its retries throws AggregateException from its await; with no retries it is another exception.
# The guess: a server that is not there gives RequestFailedException (ClientResultException), and a time-out TaskCanceledException, as often as it was tried.
# Seen: with retries, which is the default, both give AggregateException, with one exception for each try in it. Without retries the time-out gives TaskCanceledException in a task that is Canceled, though no token was passed. Only the caller's own token gives the same in both.
# Why the guess misses it: await unwraps the exceptions of a task, not an AggregateException that was thrown. "catch (RequestFailedException)" and "catch (OperationCanceledException)" around a call see neither the refused connection nor the time-out, until a test sets the retries to none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Azure.Storage.Blobs@12.30.1
#:package OpenAI@2.15.0
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Net.Sockets;
using Azure.Storage.Blobs;
using OpenAI;
using OpenAI.Chat;

Console.WriteLine($".NET {Environment.Version}, Azure.Storage.Blobs {typeof(BlobClient).Assembly.GetName().Version}, OpenAI {typeof(ChatClient).Assembly.GetName().Version}");
using var silent = new TcpListener(IPAddress.Loopback, 0);
silent.Start();
var waiting = ((IPEndPoint)silent.LocalEndpoint).Port;
int refused;
using (var closed = new TcpListener(IPAddress.Loopback, 0))
{
    closed.Start();
    refused = ((IPEndPoint)closed.LocalEndpoint).Port;
}

foreach (var retries in new[] { 1, 0 })
{
    await Show($"Azure, {retries} retries, refused", token => Blob(refused, retries, 10_000).ExistsAsync(token));
    await Show($"Azure, {retries} retries, time-out", token => Blob(waiting, retries, 300).ExistsAsync(token));
    await Show($"Azure, {retries} retries, token", token => Blob(waiting, retries, 10_000).ExistsAsync(token), 300);
    await Show($"OpenAI, {retries} retries, refused", token => Chat(refused, retries, 10_000).CompleteChatAsync([new UserChatMessage("hello")], null, token));
    await Show($"OpenAI, {retries} retries, time-out", token => Chat(waiting, retries, 300).CompleteChatAsync([new UserChatMessage("hello")], null, token));
    await Show($"OpenAI, {retries} retries, token", token => Chat(waiting, retries, 10_000).CompleteChatAsync([new UserChatMessage("hello")], null, token), 300);
}

static async Task Show(string name, Func<CancellationToken, Task> call, int limit = Timeout.Infinite)
{
    using var source = new CancellationTokenSource(limit);
    var task = call(source.Token);
    try
    {
        await task;
    }
    catch (AggregateException exception)
    {
        Console.WriteLine($"{name}: AggregateException of {string.Join(", ", exception.InnerExceptions.Select(inner => inner.GetType().Name).Distinct())}, {task.Status}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}, {task.Status}");
    }
}

static BlobClient Blob(int port, int retries, int limit)
{
    var options = new BlobClientOptions();
    options.Retry.MaxRetries = retries;
    options.Retry.Delay = TimeSpan.FromMilliseconds(10);
    options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(limit);
    return new BlobClient(new Uri($"http://127.0.0.1:{port}/account/container/blob"), options);
}

static ChatClient Chat(int port, int retries, int limit) => new("model", new ApiKeyCredential("key"), new OpenAIClientOptions
{
    Endpoint = new Uri($"http://127.0.0.1:{port}/v1"),
    NetworkTimeout = TimeSpan.FromMilliseconds(limit),
    RetryPolicy = new ClientRetryPolicy(retries),
});
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Azure, 1 retries, refused: AggregateException of RequestFailedException, Faulted' <<< "$output" || { echo "Changed: no line matches '^Azure, 1 retries, refused: AggregateException of RequestFailedException, Faulted'"; exit 1; }
grep -qE '^Azure, 1 retries, time-out: AggregateException of TaskCanceledException, Faulted' <<< "$output" || { echo "Changed: no line matches '^Azure, 1 retries, time-out: AggregateException of TaskCanceledException, Faulted'"; exit 1; }
grep -qE '^Azure, 1 retries, token: [A-Za-z]*CanceledException, Canceled' <<< "$output" || { echo "Changed: no line matches '^Azure, 1 retries, token: [A-Za-z]*CanceledException, Canceled'"; exit 1; }
grep -qE '^Azure, 0 retries, refused: RequestFailedException, Faulted' <<< "$output" || { echo "Changed: no line matches '^Azure, 0 retries, refused: RequestFailedException, Faulted'"; exit 1; }
grep -qE '^Azure, 0 retries, time-out: TaskCanceledException, Canceled' <<< "$output" || { echo "Changed: no line matches '^Azure, 0 retries, time-out: TaskCanceledException, Canceled'"; exit 1; }
grep -qE '^OpenAI, 1 retries, refused: AggregateException of ClientResultException, Faulted' <<< "$output" || { echo "Changed: no line matches '^OpenAI, 1 retries, refused: AggregateException of ClientResultException, Faulted'"; exit 1; }
grep -qE '^OpenAI, 1 retries, time-out: AggregateException of TaskCanceledException, Faulted' <<< "$output" || { echo "Changed: no line matches '^OpenAI, 1 retries, time-out: AggregateException of TaskCanceledException, Faulted'"; exit 1; }
grep -qE '^OpenAI, 1 retries, token: [A-Za-z]*CanceledException, Canceled' <<< "$output" || { echo "Changed: no line matches '^OpenAI, 1 retries, token: [A-Za-z]*CanceledException, Canceled'"; exit 1; }
grep -qE '^OpenAI, 0 retries, refused: ClientResultException, Faulted' <<< "$output" || { echo "Changed: no line matches '^OpenAI, 0 retries, refused: ClientResultException, Faulted'"; exit 1; }
grep -qE '^OpenAI, 0 retries, time-out: TaskCanceledException, Canceled' <<< "$output" || { echo "Changed: no line matches '^OpenAI, 0 retries, time-out: TaskCanceledException, Canceled'"; exit 1; }
echo "As described."
