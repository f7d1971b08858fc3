#!/usr/bin/env bash
# ASP.NET Core 10, output caching: when the client whose request fills the cache leaves, the other clients that wait for the same entry get status 500.
# The guess: with the lock of a cache entry (on by default), a client that waits takes over when the first one leaves, or makes the response itself.
# Seen: the endpoint passes the token of its request on, as it should, and ends with the first client. The second, which is still there, gets 500 with an empty body; the endpoint ran once. Without the lock, by SetLocking(false), each runs for itself.
# Why the guess misses it: the lock shares the work and with it the cancellation, so that passing the token on, right in itself, makes one impatient client the failure of all that wait.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOutputCache();
var app = builder.Build();
app.UseOutputCache();
var runs = 0;
app.MapGet("/locked", Report).CacheOutput();
app.MapGet("/unlocked", Report).CacheOutput(policy => policy.SetLocking(false));
await app.StartAsync();
Console.WriteLine($".NET {Environment.Version}");
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
foreach (var path in new[] { "/locked", "/unlocked" })
{
    runs = 0;
    using var impatient = new CancellationTokenSource(1500);
    var first = client.GetStringAsync(path, impatient.Token);
    await Task.Delay(500);
    using var second = await client.GetAsync(path);
    try
    {
        await first;
    }
    catch (OperationCanceledException)
    {
    }

    Console.WriteLine($"{path}: the client that stayed got {(int)second.StatusCode} '{await second.Content.ReadAsStringAsync()}', the endpoint ran {runs} time(s)");
}

await app.StopAsync();

async Task<string> Report(CancellationToken cancellationToken)
{
    Interlocked.Increment(ref runs);
    await Task.Delay(3000, cancellationToken);
    return "report";
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '/locked: the client that stayed got 500 .., the endpoint ran 1 time' <<< "$output" || { echo "Changed: no line matches '/locked: the client that stayed got 500 .., the endpoint ran 1 time'"; exit 1; }
grep -qE '/unlocked: the client that stayed got 200 .report., the endpoint ran 2 time' <<< "$output" || { echo "Changed: no line matches '/unlocked: the client that stayed got 200 .report., the endpoint ran 2 time'"; exit 1; }
echo "As described."
