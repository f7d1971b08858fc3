#!/usr/bin/env bash
# ASP.NET Core 10 (Kestrel): WriteAsync and FlushAsync of a response go on without an exception after the client has closed the connection.
# The guess: a write to a connection that is gone throws IOException or OperationCanceledException, so that an endpoint which streams ends at the next write.
# Seen: the client leaves after the headers, RequestAborted has fired, and two hundred more writes with a flush each complete without an error.
# Why the guess misses it: what a Socket or a Stream reports at a write, Kestrel swallows, since each middleware would have to handle it. An endpoint that streams in a loop and does not look at HttpContext.RequestAborted works for a client that left, for ever if the loop has no other end.
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
await using var app = builder.Build();
var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
app.MapGet("/", async (HttpContext context) =>
{
    var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var registration = context.RequestAborted.Register(aborted.SetResult);
    await context.Response.WriteAsync("first");
    await context.Response.Body.FlushAsync();
    await aborted.Task;
    var writes = 0;
    try
    {
        for (; writes < 200; writes++)
        {
            await context.Response.WriteAsync(new string('x', 10_000));
            await context.Response.Body.FlushAsync();
        }

        ended.SetResult($"{writes} writes after the client has gone, without an exception");
    }
    catch (Exception exception)
    {
        ended.SetResult($"{exception.GetType().Name} after {writes} writes");
    }
});
await app.StartAsync();
using (var client = new HttpClient())
{
    using var response = await client.GetAsync(app.Urls.First(), HttpCompletionOption.ResponseHeadersRead);
}

Console.WriteLine($".NET {Environment.Version}: {await ended.Task}");
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '200 writes after the client has gone, without an exception' <<< "$output" || { echo "Changed: no line matches '200 writes after the client has gone, without an exception'"; exit 1; }
echo "As described."
