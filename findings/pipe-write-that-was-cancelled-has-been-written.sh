#!/usr/bin/env bash
# System.IO.Pipelines of .NET 10: a WriteAsync or FlushAsync whose token fires while it waits for room has handed its bytes to the reader all the same.
# The guess: a cancelled write has not taken place, as with a channel, so that it can be tried again.
# Seen: the write throws OperationCanceledException, and the reader has all its bytes; so does a write to PipeWriter.AsStream(). A second try sends them twice. The cancelled WriteAsync of a bounded channel has written nothing.
# Why the guess misses it: a pipe takes the bytes first and then waits until the reader has caught up; the token ends that wait alone. A token that is cancelled before the call does keep the bytes out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.IO.Pipelines;
using System.Threading.Channels;

Console.WriteLine($".NET {Environment.Version}");
var options = new PipeOptions(pauseWriterThreshold: 4, resumeWriterThreshold: 2);
var pipe = new Pipe(options);
await Cancel("PipeWriter", token => pipe.Writer.WriteAsync(new byte[10], token).AsTask());
Console.WriteLine($"the reader has {(pipe.Reader.TryRead(out var read) ? read.Buffer.Length : 0)} bytes");

var streamed = new Pipe(options);
await Cancel("Stream of the PipeWriter", token => streamed.Writer.AsStream().WriteAsync(new byte[10], token).AsTask());
Console.WriteLine($"the reader has {(streamed.Reader.TryRead(out read) ? read.Buffer.Length : 0)} bytes");

var channel = Channel.CreateBounded<int>(1);
channel.Writer.TryWrite(1);
await Cancel("Channel", token => channel.Writer.WriteAsync(2, token).AsTask());
var items = 0;
while (channel.Reader.TryRead(out _))
{
    items++;
}

Console.WriteLine($"the reader has {items} item");

static async Task Cancel(string name, Func<CancellationToken, Task> write)
{
    using var source = new CancellationTokenSource(300);
    try
    {
        await write(source.Token);
    }
    catch (OperationCanceledException exception)
    {
        Console.Write($"{name}: {exception.GetType().Name}, ");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^PipeWriter: OperationCanceledException, the reader has 10 bytes' <<< "$output" || { echo "Changed: no line matches '^PipeWriter: OperationCanceledException, the reader has 10 bytes'"; exit 1; }
grep -qE '^Stream of the PipeWriter: OperationCanceledException, the reader has 10 bytes' <<< "$output" || { echo "Changed: no line matches '^Stream of the PipeWriter: OperationCanceledException, the reader has 10 bytes'"; exit 1; }
grep -qE '^Channel: OperationCanceledException, the reader has 1 item' <<< "$output" || { echo "Changed: no line matches '^Channel: OperationCanceledException, the reader has 1 item'"; exit 1; }
echo "As described."
