#!/usr/bin/env bash
# .NET 10, HttpClient: the token of GetStreamAsync and HttpClient.Timeout do not limit the reading of the stream.
# The guess: a token that is passed to the call that opens the stream stops the transfer; a time-out of one second ends a download that takes longer.
# Seen: both pass while the body arrives, and every line is read to the end. The token has to go to each read of the stream as well.
# Why the guess misses it: the operation that the token and the time-out belong to is over when the headers have arrived. GetStringAsync and GetByteArrayAsync read the body inside of it and are limited.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
var app = builder.Build();
app.Urls.Add("http://127.0.0.1:0");
app.MapGet("/", async (HttpContext context) =>
{
    for (var i = 0; i < 10; i++)
    {
        await context.Response.WriteAsync("line\n");
        await context.Response.Body.FlushAsync();
        await Task.Delay(200);
    }
});
await app.StartAsync();
var url = app.Urls.First();
Console.WriteLine($".NET {Environment.Version}");
using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
await client.GetStreamAsync(url).ContinueWith(opened => opened.Result.Dispose());

using (var stop = new CancellationTokenSource())
{
    await using var stream = await client.GetStreamAsync(url, stop.Token);
    var watch = Stopwatch.StartNew();
    stop.CancelAfter(400);
    using var reader = new StreamReader(stream);
    var lines = 0;
    while (await reader.ReadLineAsync() is not null) lines++;
    Console.WriteLine($"GetStreamAsync: read {lines} lines, token fired {stop.IsCancellationRequested}, {(watch.ElapsedMilliseconds > 1000 ? "longer" : "shorter")} than the time-out");
}

try
{
    Console.WriteLine($"GetStringAsync: {(await client.GetStringAsync(url)).Length} characters");
}
catch (TaskCanceledException error)
{
    Console.WriteLine($"GetStringAsync: {error.InnerException?.GetType().Name}");
}

await app.StopAsync();
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'GetStreamAsync: read 10 lines, token fired True, longer than the time-out' <<< "$output" || { echo "Changed: no line matches 'GetStreamAsync: read 10 lines, token fired True, longer than the time-out'"; exit 1; }
grep -qE 'GetStringAsync: TimeoutException' <<< "$output" || { echo "Changed: no line matches 'GetStringAsync: TimeoutException'"; exit 1; }
echo "As described."
