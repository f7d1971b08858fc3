#!/usr/bin/env bash
# .NET 10, System.IO.Pipelines: Complete of a PipeWriter over a stream writes what is buffered with Stream.Write, and Flush of the writer's own stream waits for WriteAsync.
# The guess: Complete says that there is nothing more, and only CompleteAsync and FlushAsync write; a synchronous Flush writes synchronously.
# Seen: Complete() calls Write and Flush of the stream, CompleteAsync() their awaitable forms; with an exception neither writes. Dispose of AsStream() is Complete; its Flush() blocks on WriteAsync. Over the body of a Kestrel response, Complete() throws InvalidOperationException, because synchronous operations are not allowed there.
# Why the guess misses it: Complete of the writer of a Pipe only marks the end, and it is the same abstract member. In a "finally" behind "await writer.FlushAsync()" it has nothing to write; after a failure between GetSpan and FlushAsync it has.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property NuGetAudit=false
using System.IO.Pipelines;

Console.WriteLine($".NET {Environment.Version}");
await Show("Complete", writer => { writer.Complete(); return default; });
await Show("Complete with an exception", writer => { writer.Complete(new IOException()); return default; });
await Show("CompleteAsync", writer => writer.CompleteAsync());
await Show("Dispose of AsStream", writer => { writer.AsStream().Dispose(); return default; });
await Show("DisposeAsync of AsStream", writer => writer.AsStream().DisposeAsync());
await Show("Flush of AsStream", writer => { writer.AsStream().Flush(); return default; });

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var app = builder.Build();
app.MapGet("/{form}", async (string form, HttpContext context) =>
{
    var writer = PipeWriter.Create(context.Response.Body, new StreamPipeWriterOptions(leaveOpen: true));
    writer.GetSpan(4).Slice(0, 4).Fill((byte)'a');
    writer.Advance(4);
    try
    {
        if (form == "Complete") writer.Complete();
        else await writer.CompleteAsync();
        Console.WriteLine($"Response, {form}: written");
    }
    catch (InvalidOperationException)
    {
        Console.WriteLine($"Response, {form}: InvalidOperationException");
    }
});
await app.StartAsync();
using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
using (await client.GetAsync("/CompleteAsync")) { }
using (await client.GetAsync("/Complete")) { }

static async Task Show(string name, Func<PipeWriter, ValueTask> end)
{
    var stream = new Counting();
    var writer = PipeWriter.Create(stream);
    writer.GetSpan(10);
    writer.Advance(10);
    await end(writer);
    Console.WriteLine($"{name}: {stream.Calls.Count} calls; {string.Join(", ", stream.Calls)}");
}

public sealed class Counting : MemoryStream
{
    public List<string> Calls { get; } = [];

    public override void Flush() => Calls.Add("Flush");

    public override Task FlushAsync(CancellationToken token)
    {
        Calls.Add("FlushAsync");
        return Task.CompletedTask;
    }

    public override void Write(byte[] buffer, int offset, int count) => Calls.Add("Write");

    public override void Write(ReadOnlySpan<byte> buffer) => Calls.Add("Write");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken token = default)
    {
        Calls.Add("WriteAsync");
        return default;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^Complete: 2 calls; Write, Flush' <<< "$output" || { echo "Changed: no line matches '^Complete: 2 calls; Write, Flush'"; exit 1; }
grep -qE '^Complete with an exception: 0 calls' <<< "$output" || { echo "Changed: no line matches '^Complete with an exception: 0 calls'"; exit 1; }
grep -qE '^CompleteAsync: 2 calls; WriteAsync, FlushAsync' <<< "$output" || { echo "Changed: no line matches '^CompleteAsync: 2 calls; WriteAsync, FlushAsync'"; exit 1; }
grep -qE '^Dispose of AsStream: 2 calls; Write, Flush' <<< "$output" || { echo "Changed: no line matches '^Dispose of AsStream: 2 calls; Write, Flush'"; exit 1; }
grep -qE '^Flush of AsStream: 2 calls; WriteAsync, FlushAsync' <<< "$output" || { echo "Changed: no line matches '^Flush of AsStream: 2 calls; WriteAsync, FlushAsync'"; exit 1; }
grep -qE '^Response, CompleteAsync: written' <<< "$output" || { echo "Changed: no line matches '^Response, CompleteAsync: written'"; exit 1; }
grep -qE '^Response, Complete: InvalidOperationException' <<< "$output" || { echo "Changed: no line matches '^Response, Complete: InvalidOperationException'"; exit 1; }
echo "As described."
