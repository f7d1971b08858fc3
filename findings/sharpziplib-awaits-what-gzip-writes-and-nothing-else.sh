#!/usr/bin/env bash
# SharpZipLib 1.4.2: GZipOutputStream writes asynchronously when it is only awaited; GZipInputStream and BZip2OutputStream do not.
# The guess: what holds for one stream of the library holds for its siblings, in the other direction and the other format.
# Seen: the gzip writer makes awaited writes only; the gzip reader under ReadAsync makes synchronous reads only, and the bzip2 writer under WriteAsync one synchronous write per byte.
# Why the guess misses it: the awaitable members were added to the deflating streams alone; the others inherit those of Stream, which call the synchronous ones on the thread pool.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package SharpZipLib@1.4.2
using ICSharpCode.SharpZipLib.BZip2;
using ICSharpCode.SharpZipLib.GZip;

var data = new byte[200_000];
new Random(1).NextBytes(data);
var packed = new MemoryStream();

var gzip = new Counting(packed);
await using (var writer = new GZipOutputStream(gzip) { IsStreamOwner = false })
{
    await writer.WriteAsync(data);
    await writer.FlushAsync();
}

Console.WriteLine($"GZipOutputStream: synchronous {gzip.Synchronous}, awaited {gzip.Awaited}");

packed.Position = 0;
var source = new Counting(packed);
var buffer = new byte[10_000];
await using (var reader = new GZipInputStream(source))
{
    while (await reader.ReadAsync(buffer) > 0) { }
}

Console.WriteLine($"GZipInputStream: synchronous {(source.Synchronous > 0 ? "some" : "none")}, awaited {source.Awaited}");

var bzip2 = new Counting(new MemoryStream());
await using (var writer = new BZip2OutputStream(bzip2))
{
    await writer.WriteAsync(data);
}

Console.WriteLine($"BZip2OutputStream: synchronous {(bzip2.Synchronous > 100_000 ? "more than 100000" : bzip2.Synchronous.ToString())}, awaited {bzip2.Awaited}");

sealed class Counting(Stream inner) : Stream
{
    public int Synchronous { get; private set; }

    public int Awaited { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override Task FlushAsync(CancellationToken token) => Task.CompletedTask;
    public override int Read(byte[] buffer, int offset, int count) { Synchronous++; return inner.Read(buffer, offset, count); }
    public override int ReadByte() { Synchronous++; return inner.ReadByte(); }
    public override void Write(byte[] buffer, int offset, int count) { Synchronous++; inner.Write(buffer, offset, count); }
    public override void WriteByte(byte value) { Synchronous++; inner.WriteByte(value); }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken token = default)
    {
        Awaited++;
        return inner.ReadAsync(buffer, token);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken token) =>
        ReadAsync(buffer.AsMemory(offset, count), token).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken token = default)
    {
        Awaited++;
        return inner.WriteAsync(buffer, token);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken token) =>
        WriteAsync(buffer.AsMemory(offset, count), token).AsTask();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'GZipOutputStream: synchronous 0, awaited [1-9]' <<< "$output" || { echo "Changed: no line matches 'GZipOutputStream: synchronous 0, awaited [1-9]'"; exit 1; }
grep -qE 'GZipInputStream: synchronous some, awaited 0' <<< "$output" || { echo "Changed: no line matches 'GZipInputStream: synchronous some, awaited 0'"; exit 1; }
grep -qE 'BZip2OutputStream: synchronous more than 100000, awaited 0' <<< "$output" || { echo "Changed: no line matches 'BZip2OutputStream: synchronous more than 100000, awaited 0'"; exit 1; }
echo "As described."
