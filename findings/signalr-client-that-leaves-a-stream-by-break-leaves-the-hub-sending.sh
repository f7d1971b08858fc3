#!/usr/bin/env bash
# Microsoft.AspNetCore.SignalR.Client 10.0.15: leaving "await foreach" over StreamAsync by break does not end the iterator of the hub.
# The guess: break disposes the enumerator, and the client tells the server, as gRPC does and as SignalR does when the token fires.
# Seen: after a break the hub goes on yielding, and the connection goes on carrying what nothing reads; two seconds later the iterator has not ended. Only a token that is cancelled ends it; where the loop has one, it has to be cancelled behind the loop as well.
# Why the guess misses it: the enumerator is one over a channel, and disposing it says nothing to the channel. Take leaves in the same way: each such loop adds a stream that goes on running.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
#:package Microsoft.AspNetCore.SignalR.Client@10.0.15
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSignalR();
await using var app = builder.Build();
app.MapHub<Numbers>("/numbers");
await app.StartAsync();
Console.WriteLine($".NET {Environment.Version}, SignalR client {typeof(HubConnection).Assembly.GetName().Version}");

await using var connection = new HubConnectionBuilder().WithUrl($"{app.Urls.First()}/numbers").Build();
await connection.StartAsync();
await foreach (var number in connection.StreamAsync<int>("Count"))
{
    if (number == 3)
    {
        break;
    }
}

await Task.Delay(2000);
Console.WriteLine($"two seconds after a break: the hub's iterator has ended: {Numbers.Ended.Task.IsCompleted}");

await foreach (var number in connection.StreamAsync<int>("Count").Take(3))
{
}

await Task.Delay(2000);
Console.WriteLine($"two seconds after Take(3): the hub's iterator has ended: {Numbers.Ended.Task.IsCompleted}");

using var source = new CancellationTokenSource();
try
{
    await foreach (var number in connection.StreamAsync<int>("Count", source.Token))
    {
        if (number == 3)
        {
            await source.CancelAsync();
        }
    }
}
catch (OperationCanceledException)
{
}

Console.WriteLine($"after the token: an iterator has ended: {await Task.WhenAny(Numbers.Ended.Task, Task.Delay(20_000)) == Numbers.Ended.Task}");

public sealed class Numbers : Hub
{
    public static TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async IAsyncEnumerable<int> Count([EnumeratorCancellation] CancellationToken token)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                yield return number;
                await Task.Delay(50, token);
            }
        }
        finally
        {
            Ended.TrySetResult();
        }
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^two seconds after a break: .* ended: False' <<< "$output" || { echo "Changed: no line matches '^two seconds after a break: .* ended: False'"; exit 1; }
grep -qE '^two seconds after Take.*: .* ended: False' <<< "$output" || { echo "Changed: no line matches '^two seconds after Take.*: .* ended: False'"; exit 1; }
grep -qE '^after the token: .* ended: True' <<< "$output" || { echo "Changed: no line matches '^after the token: .* ended: True'"; exit 1; }
echo "As described."
