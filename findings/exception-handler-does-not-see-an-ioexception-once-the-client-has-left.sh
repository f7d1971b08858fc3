#!/usr/bin/env bash
# The exception handler of ASP.NET Core 10 (UseExceptionHandler with an IExceptionHandler): an endpoint throws an IOException of a disk after its client has gone.
# The guess: the handler sees every exception that leaves an endpoint, an aborted request's cancellation perhaps excepted.
# Seen: with a client that has left, an IOException does not reach the handler, whatever file or disk it is of; an InvalidOperationException does. With a client that waits both do.
# Why the guess misses it: once RequestAborted has fired, each OperationCanceledException and each IOException counts as the client's leaving, is logged at the Debug level and becomes 499.
# Work that goes on after a client has left, such as the end of an upload, loses the reports of its real faults that way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
using Microsoft.AspNetCore.Diagnostics;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddExceptionHandler<Recorder>();
builder.Services.AddProblemDetails();
var app = builder.Build();
app.UseExceptionHandler();
app.MapGet("/{kind}/{wait}", async (string kind, bool wait, HttpContext context) =>
{
    while (wait && !context.RequestAborted.IsCancellationRequested) await Task.Delay(10);
    throw kind == "io" ? new IOException("No space left on device") : new InvalidOperationException("A fault");
});
await app.StartAsync();
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
Console.WriteLine($".NET {Environment.Version}");
foreach (var kind in new[] { "io", "fault" })
{
    (await client.GetAsync($"{kind}/false")).Dispose();
    Console.WriteLine($"{kind}, client waits: handler saw {Recorder.Take()}");
    using var leave = new CancellationTokenSource(500);
    try
    {
        (await client.GetAsync($"{kind}/true", leave.Token)).Dispose();
    }
    catch (OperationCanceledException)
    {
    }

    await Task.Delay(1500);
    Console.WriteLine($"{kind}, client left: handler saw {Recorder.Take()}");
}

await app.StopAsync();

internal sealed class Recorder : IExceptionHandler
{
    private static string seen = "nothing";

    public static string Take() => Interlocked.Exchange(ref seen, "nothing");

    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        seen = exception.GetType().Name;
        return new ValueTask<bool>(false);
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'io, client waits: handler saw IOException' <<< "$output" || { echo "Changed: no line matches 'io, client waits: handler saw IOException'"; exit 1; }
grep -qE 'io, client left: handler saw nothing' <<< "$output" || { echo "Changed: no line matches 'io, client left: handler saw nothing'"; exit 1; }
grep -qE 'fault, client waits: handler saw InvalidOperationException' <<< "$output" || { echo "Changed: no line matches 'fault, client waits: handler saw InvalidOperationException'"; exit 1; }
grep -qE 'fault, client left: handler saw InvalidOperationException' <<< "$output" || { echo "Changed: no line matches 'fault, client left: handler saw InvalidOperationException'"; exit 1; }
echo "As described."
