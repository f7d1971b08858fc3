#!/usr/bin/env bash
# ASP.NET Core 10: an endpoint that returns a sequence as JSON, and whose sequence ends with TaskCanceledException, sends a response that is cut off and ends in order, with status 200.
# The guess: an exception in the middle of a response aborts the connection, so that the client gets an error; the time-out of a database is such an exception.
# Seen: for InvalidDataException the client gets HttpRequestException. For a TaskCanceledException, with a client that is still there and has cancelled nothing, it gets 200 and the beginning of an array without its end. The same sequence as server-sent events aborts the connection in both cases.
# Why the guess misses it: the code that writes JSON takes every OperationCanceledException for that of the request and returns as if it were done. Neither the status nor the way in which the response ends tells of it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
using System.Runtime.CompilerServices;

Console.WriteLine($".NET {Environment.Version}");
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var app = builder.Build();
app.MapGet("/returned/{isTimeOut}", (bool isTimeOut) => Names(isTimeOut));
app.MapGet("/written/{isTimeOut}", (bool isTimeOut, HttpContext context) => context.Response.WriteAsJsonAsync(Names(isTimeOut)));
app.MapGet("/events/{isTimeOut}", (bool isTimeOut) => TypedResults.ServerSentEvents(Names(isTimeOut)));
await app.StartAsync();
using var client = new HttpClient();
foreach (var path in new[] { "returned", "written", "events" })
{
    foreach (var isTimeOut in new[] { false, true })
    {
        string outcome;
        try
        {
            using var response = await client.GetAsync($"{app.Urls.First()}/{path}/{isTimeOut}");
            outcome = $"{(int)response.StatusCode}, body {await response.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException exception)
        {
            outcome = exception.GetType().Name;
        }

        Console.WriteLine($"{path}, {(isTimeOut ? "time-out" : "failure")}: {outcome}");
    }
}

static async IAsyncEnumerable<string> Names(bool isTimeOut, [EnumeratorCancellation] CancellationToken token = default)
{
    yield return "first";
    if (!isTimeOut)
    {
        await Task.Delay(100, token);
        throw new InvalidDataException();
    }

    using var limit = new CancellationTokenSource(100);
    await Task.Delay(Timeout.Infinite, limit.Token);
    yield return "second";
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^returned, failure: HttpRequestException' <<< "$output" || { echo "Changed: no line matches '^returned, failure: HttpRequestException'"; exit 1; }
grep -qE '^returned, time-out: 200, body \["first"$' <<< "$output" || { echo "Changed: no line matches '^returned, time-out: 200, body \["first"$'"; exit 1; }
grep -qE '^written, failure: HttpRequestException' <<< "$output" || { echo "Changed: no line matches '^written, failure: HttpRequestException'"; exit 1; }
grep -qE '^written, time-out: 200, body \["first"$' <<< "$output" || { echo "Changed: no line matches '^written, time-out: 200, body \["first"$'"; exit 1; }
grep -qE '^events, failure: HttpRequestException' <<< "$output" || { echo "Changed: no line matches '^events, failure: HttpRequestException'"; exit 1; }
grep -qE '^events, time-out: HttpRequestException' <<< "$output" || { echo "Changed: no line matches '^events, time-out: HttpRequestException'"; exit 1; }
echo "As described."
