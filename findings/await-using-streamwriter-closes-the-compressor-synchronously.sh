#!/usr/bin/env bash
# .NET 10: 'await using' of a StreamWriter over a GZipStream ends the compression with a synchronous write and a synchronous close.
# The guess: StreamWriter.DisposeAsync awaits the disposal of the stream under it.
# Seen: the last block of the GZipStream arrives through Write, and the stream under it is closed through Dispose.
# Why the guess misses it: DisposeAsync of the writer flushes with await and then calls Close on its stream. 'leaveOpen: true' and an 'await using' of the compressor of its own avoid it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.IO.Compression;

var nested = new Counting(new MemoryStream());
await using (var writer = new StreamWriter(new GZipStream(nested, CompressionLevel.Fastest)))
{
    await writer.WriteAsync(new string('x', 100_000));
}

var apart = new Counting(new MemoryStream());
await using (var gzip = new GZipStream(apart, CompressionLevel.Fastest))
{
    await using var writer = new StreamWriter(gzip, leaveOpen: true);
    await writer.WriteAsync(new string('x', 100_000));
}

Console.WriteLine($".NET {Environment.Version}");
Console.WriteLine($"nested: synchronous writes {nested.Synchronous}, closed synchronously {nested.IsClosedSynchronously}");
Console.WriteLine($"apart: synchronous writes {apart.Synchronous}, closed synchronously {apart.IsClosedSynchronously}");

sealed class Counting(Stream inner) : Stream
{
    private bool _isAsync;

    public int Synchronous { get; private set; }

    public int Awaited { get; private set; }

    public bool IsClosedSynchronously { get; private set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => 0;
    public override long Seek(long offset, SeekOrigin origin) => 0;
    public override void SetLength(long value) { }
    public override void Write(byte[] buffer, int offset, int count) { Synchronous++; inner.Write(buffer, offset, count); }
    public override void Write(ReadOnlySpan<byte> buffer) { Synchronous++; inner.Write(buffer); }
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken token) { Awaited++; return inner.WriteAsync(buffer, offset, count, token); }
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken token = default) { Awaited++; return inner.WriteAsync(buffer, token); }
    public override ValueTask DisposeAsync() { _isAsync = true; return base.DisposeAsync(); }
    protected override void Dispose(bool disposing) { if (!_isAsync) IsClosedSynchronously = true; }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^nested: synchronous writes [1-9][0-9]*, closed synchronously True' <<< "$output" || { echo "Changed: no line matches '^nested: synchronous writes [1-9][0-9]*, closed synchronously True'"; exit 1; }
grep -qE '^apart: synchronous writes 0, closed synchronously False' <<< "$output" || { echo "Changed: no line matches '^apart: synchronous writes 0, closed synchronously False'"; exit 1; }
echo "As described."
