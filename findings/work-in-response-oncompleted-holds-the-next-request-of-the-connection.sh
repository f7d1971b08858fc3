#!/usr/bin/env bash
# ASP.NET Core 10 (Kestrel, HTTP/1.1): what Response.OnCompleted awaits holds the next request on the same connection.
# The guess: the callback runs once the client has its response, beside everything else; a place for work for which no request waits.
# Seen, with a callback that takes two seconds: the response arrives at once; the next request of the same HttpClient is answered two seconds later, one of another client at once.
# Why the guess misses it: the client has all of the response and takes the connection from its pool again, while the server reads the next request only when the callbacks of the one before have ended. Clients and proxies that keep connections see a slow endpoint, which is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;

Console.WriteLine($".NET {Environment.Version}");
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();
app.MapGet("/late", (HttpContext context) =>
{
    context.Response.OnCompleted(async () => await Task.Delay(2000));
    return "answer";
});
app.MapGet("/early", (HttpContext context) => "answer");
await app.StartAsync();
var address = new Uri(app.Urls.First());
using var client = new HttpClient { BaseAddress = address };
await client.GetStringAsync("/early");
var watch = Stopwatch.StartNew();
await client.GetStringAsync("/late");
Console.WriteLine($"the response is there after {Half(watch)}");
watch.Restart();
await client.GetStringAsync("/early");
Console.WriteLine($"the next of the connection after {Half(watch)}");
watch.Restart();
using var other = new HttpClient { BaseAddress = address };
await client.GetStringAsync("/late");
watch.Restart();
await other.GetStringAsync("/early");
Console.WriteLine($"one on another connection after {Half(watch)}");
await app.StopAsync();
static string Half(Stopwatch watch) => watch.ElapsedMilliseconds < 1000 ? "less than a second" : $"about {watch.ElapsedMilliseconds / 500 * 0.5} seconds";
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^the response is there after less than a second' <<< "$output" || { echo "Changed: no line matches '^the response is there after less than a second'"; exit 1; }
grep -qE '^the next of the connection after about (1\.5|2|2\.5) seconds' <<< "$output" || { echo "Changed: no line matches '^the next of the connection after about (1\.5|2|2\.5) seconds'"; exit 1; }
grep -qE '^one on another connection after less than a second' <<< "$output" || { echo "Changed: no line matches '^one on another connection after less than a second'"; exit 1; }
echo "As described."
