#!/usr/bin/env bash
# ASP.NET Core 10 (Kestrel, HTTP/1.1): a RequestAborted token that background work keeps does not fire after the response, neither at its end, nor when the client leaves, nor when the server stops.
# The guess: the token fires when the request is over, which is why one is warned not to hand it to background work; at least it fires when the connection closes.
# Seen: the response is sent and the connection stays open, then the client closes it: not fired. Closed at once, closed during the next request, the server stopped: not fired. While the request runs, it fires when the client leaves.
# Why the guess misses it: with the end of the response the server lets go of the source of the token, without cancelling it. What was started with it, and was meant to end with its request, runs on with a token that can never fire, even while the host stops.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
using System.Net;
using System.Net.Sockets;
using System.Text;

Console.WriteLine($".NET {Environment.Version}");
var fired = new TaskCompletionSource();
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();
app.MapGet("/keep", (HttpContext context) =>
{
    var source = fired = new TaskCompletionSource();
    context.RequestAborted.Register(() => source.TrySetResult());
    return "kept";
});
app.MapGet("/wait", async (HttpContext context) =>
{
    var source = fired = new TaskCompletionSource();
    context.RequestAborted.Register(() => source.TrySetResult());
    await Task.Delay(3000);
});
app.MapGet("/other", async () => await Task.Delay(2000));
await app.StartAsync();
var port = new Uri(app.Urls.First()).Port;

using (var client = await AskAsync("/keep"))
{
    await Show("the response has ended");
}

await Show("the client has closed the connection later");
(await AskAsync("/keep")).Dispose();
await Show("the client has closed the connection at once");
using (var client = await AskAsync("/keep"))
{
    await client.GetStream().WriteAsync(Request("/other"));
    await Task.Delay(300);
}

await Show("the client has left during the next request");
using (var client = new TcpClient())
{
    await client.ConnectAsync(IPAddress.Loopback, port);
    await client.GetStream().WriteAsync(Request("/wait"));
    await Task.Delay(500);
}

await Show("the client has left during the request itself");
using (var client = await AskAsync("/keep"))
{
    await app.StopAsync();
    await Show("the server has stopped");
}

async Task Show(string name) => Console.WriteLine($"{name}: {(await Task.WhenAny(fired.Task, Task.Delay(1000)) == fired.Task ? "fired" : "not fired")}");

// Sends a request and reads what is answered.
async Task<TcpClient> AskAsync(string path)
{
    var client = new TcpClient();
    await client.ConnectAsync(IPAddress.Loopback, port);
    await client.GetStream().WriteAsync(Request(path));
    var text = "";
    var buffer = new byte[4096];
    while (!text.Contains("kept")) text += Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
    return client;
}

static byte[] Request(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^the response has ended: not fired' <<< "$output" || { echo "Changed: no line matches '^the response has ended: not fired'"; exit 1; }
grep -qE '^the client has closed the connection later: not fired' <<< "$output" || { echo "Changed: no line matches '^the client has closed the connection later: not fired'"; exit 1; }
grep -qE '^the client has closed the connection at once: not fired' <<< "$output" || { echo "Changed: no line matches '^the client has closed the connection at once: not fired'"; exit 1; }
grep -qE '^the client has left during the next request: not fired' <<< "$output" || { echo "Changed: no line matches '^the client has left during the next request: not fired'"; exit 1; }
grep -qE '^the client has left during the request itself: fired' <<< "$output" || { echo "Changed: no line matches '^the client has left during the request itself: fired'"; exit 1; }
grep -qE '^the server has stopped: not fired' <<< "$output" || { echo "Changed: no line matches '^the server has stopped: not fired'"; exit 1; }
echo "As described."
