#!/usr/bin/env bash
# ASP.NET Core 10: TypedResults.ServerSentEvents does not hand the token of the request to the sequence; the same sequence returned as JSON gets it.
# The guess: an iterator with [EnumeratorCancellation] that waits for the next event ends when the client closes the connection, as it does where the endpoint returns it as JSON.
# Seen: the JSON one ends at once. The one behind ServerSentEvents waits on after the connection is gone, with all that it holds; it would end at its next event, if there is one. Where the endpoint passes HttpContext.RequestAborted to the iterator itself, it ends.
# Why the guess misses it: both results enumerate the sequence for the response, and only one of them does so with the token of the request. Streams of rare events are what server-sent events are for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();
var ended = new ConcurrentDictionary<string, bool>();
app.MapGet("/json", () => Events("json"));
app.MapGet("/sse", () => TypedResults.ServerSentEvents(Events("sse")));
app.MapGet("/sse-token", (CancellationToken token) => TypedResults.ServerSentEvents(Events("sse-token", token)));
await app.StartAsync();
Console.WriteLine($".NET {Environment.Version}");
foreach (var path in new[] { "json", "sse", "sse-token" })
{
    using (var client = new TcpClient())
    {
        await client.ConnectAsync("127.0.0.1", new Uri(app.Urls.First()).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        _ = await stream.ReadAsync(new byte[1024]);
        await Task.Delay(500);
        client.Client.LingerState = new LingerOption(true, 0);
    }

    await Task.Delay(3000);
    Console.WriteLine($"{path}: the iterator {(ended.ContainsKey(path) ? "ended" : "still waits")} three seconds after its client left");
}

Environment.Exit(0);

// One event, and the next one some day.
async IAsyncEnumerable<string> Events(string name, [EnumeratorCancellation] CancellationToken cancellationToken = default)
{
    try
    {
        yield return "started";
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
    finally
    {
        ended[name] = true;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^json: the iterator ended' <<< "$output" || { echo "Changed: no line matches '^json: the iterator ended'"; exit 1; }
grep -qE '^sse: the iterator still waits' <<< "$output" || { echo "Changed: no line matches '^sse: the iterator still waits'"; exit 1; }
grep -qE '^sse-token: the iterator ended' <<< "$output" || { echo "Changed: no line matches '^sse-token: the iterator ended'"; exit 1; }
echo "As described."
