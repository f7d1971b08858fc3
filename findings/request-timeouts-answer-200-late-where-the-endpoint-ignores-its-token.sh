#!/usr/bin/env bash
# The request time-outs of ASP.NET Core 10: an endpoint with WithRequestTimeout(300 ms) that runs two seconds and does not look at RequestAborted.
# The guess: the client gets 504 after 300 ms, and what the endpoint writes later is dropped.
# Seen: the client waits two seconds and gets 200 with the body. The same holds where the token was taken from the context before the middleware ran: it is another token, which does not fire.
# An endpoint that hears its token and then throws something else than a cancellation gives 500 and not 504.
# Why the guess misses it: the middleware replaces HttpContext.RequestAborted by a token with a timer and then awaits the endpoint; only an OperationCanceledException that leaves the endpoint becomes 504.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using System.Diagnostics;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddRequestTimeouts();
var app = builder.Build();
CancellationToken earlier = default;
app.Use(async (context, next) =>
{
    earlier = context.RequestAborted;
    await next(context);
});
app.UseRouting();
app.UseRequestTimeouts();
var limit = TimeSpan.FromMilliseconds(300);
app.MapGet("/ignores", async () =>
{
    await Task.Delay(2000);
    return "late";
}).WithRequestTimeout(limit);
app.MapGet("/earlier", async () =>
{
    await Task.Delay(2000, earlier);
    return "late";
}).WithRequestTimeout(limit);
app.MapGet("/hears", async (CancellationToken token) =>
{
    await Task.Delay(2000, token);
    return "late";
}).WithRequestTimeout(limit);
app.MapGet("/wraps", async (CancellationToken token) =>
{
    try
    {
        await Task.Delay(2000, token);
    }
    catch (OperationCanceledException e)
    {
        throw new InvalidOperationException("The query failed.", e);
    }

    return "late";
}).WithRequestTimeout(limit);
await app.StartAsync();
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
Console.WriteLine($".NET {Environment.Version}");
foreach (var path in new[] { "ignores", "earlier", "hears", "wraps" })
{
    var watch = Stopwatch.StartNew();
    using var response = await client.GetAsync(path);
    Console.WriteLine($"{path}: {(int)response.StatusCode} '{await response.Content.ReadAsStringAsync()}' {(watch.ElapsedMilliseconds < 1_700 ? "early" : "late")}");
}

await app.StopAsync();
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'ignores: 200 .late. late' <<< "$output" || { echo "Changed: no line matches 'ignores: 200 .late. late'"; exit 1; }
grep -qE 'earlier: 200 .late. late' <<< "$output" || { echo "Changed: no line matches 'earlier: 200 .late. late'"; exit 1; }
grep -qE 'hears: 504 .. early' <<< "$output" || { echo "Changed: no line matches 'hears: 504 .. early'"; exit 1; }
grep -qE 'wraps: 500 .. early' <<< "$output" || { echo "Changed: no line matches 'wraps: 500 .. early'"; exit 1; }
echo "As described."
