#!/usr/bin/env bash
# System.IO.Compression of .NET 10: BrotliStream.WriteAsync compresses before it returns its task; GZipStream, ZLibStream and DeflateStream return at once.
# The guess: all four compression streams behave alike, either all in place or all not.
# Seen (to a file opened for asynchronous use, SmallestSize): Brotli holds its caller for a large part of the whole time, the deflate family for next to none of it.
# Why the guess misses it: the deflate streams write their header first and go on behind that first asynchronous write; Brotli has the whole input compressed before it has anything to write.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Diagnostics;
using System.IO.Compression;

var data = new byte[1_500_000];
new Random(1).NextBytes(data);
Console.WriteLine($".NET {Environment.Version}");
await Try("gzip", stream => new GZipStream(stream, CompressionLevel.SmallestSize));
await Try("zlib", stream => new ZLibStream(stream, CompressionLevel.SmallestSize));
await Try("deflate", stream => new DeflateStream(stream, CompressionLevel.SmallestSize));
await Try("brotli", stream => new BrotliStream(stream, CompressionLevel.SmallestSize));

async Task Try(string name, Func<Stream, Stream> compress)
{
    await using var file = new FileStream(name, FileMode.Create, FileAccess.Write, FileShare.None, 4096, useAsync: true);
    await using var stream = compress(file);
    var watch = Stopwatch.StartNew();
    var task = stream.WriteAsync(data);
    var held = watch.Elapsed;
    await task;
    Console.WriteLine($"{name}: {(held.TotalMilliseconds > 200 && held > watch.Elapsed / 10 ? "held" : "returned at once")} ({held.TotalMilliseconds:0} of {watch.ElapsedMilliseconds} ms)");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^gzip: returned' <<< "$output" || { echo "Changed: no line matches '^gzip: returned'"; exit 1; }
grep -qE '^zlib: returned' <<< "$output" || { echo "Changed: no line matches '^zlib: returned'"; exit 1; }
grep -qE '^deflate: returned' <<< "$output" || { echo "Changed: no line matches '^deflate: returned'"; exit 1; }
grep -qE '^brotli: held' <<< "$output" || { echo "Changed: no line matches '^brotli: held'"; exit 1; }
echo "As described."
