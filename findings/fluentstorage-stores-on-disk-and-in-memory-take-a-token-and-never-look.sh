#!/usr/bin/env bash
# FluentStorage 8.0.24: the stores in memory and on disk take a CancellationToken in each member, and a token that fires changes nothing, neither before the call nor while a stream is stored.
# The guess: a member with a token checks it when it starts; and SetObject hands it to the ReadAsync of the stream that it stores, so that a slow upload stops.
# Seen: SetText, GetText and DeleteObjects with a cancelled token end normally, and have done their work; SetObject whose token fires during the third read goes on to the end of the stream, and the object is there, although the stream checks the token that it gets.
# Why the guess misses it: the same interface stands for stores in the cloud; code that is written and tested against the disk learns nothing of what it does when it is cancelled.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package FluentStorage@8.0.24
using FluentStorage;
using FluentStorage.Storage;

Console.WriteLine($".NET {Environment.Version}, FluentStorage {typeof(StorageFactory).Assembly.GetName().Version}");
var folder = Directory.CreateTempSubdirectory();
foreach (var (name, store) in new[] { ("in memory", StorageFactory.InMemory()), ("on disk", StorageFactory.Disk(folder.FullName)) })
{
    var cancelled = new CancellationToken(canceled: true);
    Console.WriteLine($"{name}, SetText with a cancelled token: {await Ended(store.SetText("a", "text", null, cancelled))}");
    Console.WriteLine($"{name}, GetText with a cancelled token: {await Ended(store.GetText("a", null, cancelled))}");
    Console.WriteLine($"{name}, DeleteObjects with a cancelled token: {await Ended(store.DeleteObjects(["a"], cancelled))}");
    using var source = new CancellationTokenSource();
    var parts = new Parts(100, source);
    Console.WriteLine($"{name}, SetObject whose token fires at the third of 100 reads: {await Ended(store.SetObject("b", parts, false, source.Token))}, after {parts.Reads} reads");
    Console.WriteLine($"{name}, the object is there: {await store.ObjectExists("b")}");
}

folder.Delete(recursive: true);

static async Task<string> Ended(Task task)
{
    try
    {
        await task;
        return "ends normally";
    }
    catch (OperationCanceledException)
    {
        return "cancelled";
    }
}

sealed class Parts(int count, CancellationTokenSource source) : Stream
{
    public int Reads;
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override int Read(byte[] buffer, int offset, int size)
    {
        if (++Reads == 3) source.Cancel();
        return Reads > count ? 0 : Math.Min(size, 10);
    }
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken token = default)
    {
        token.ThrowIfCancellationRequested();
        await Task.Yield();
        if (++Reads == 3) source.Cancel();
        return Reads > count ? 0 : Math.Min(buffer.Length, 10);
    }
    public override Task<int> ReadAsync(byte[] buffer, int offset, int size, CancellationToken token) => ReadAsync(buffer.AsMemory(offset, size), token).AsTask();
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int size) => throw new NotSupportedException();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^in memory, SetText with a cancelled token: ends normally' <<< "$output" || { echo "Changed: no line matches '^in memory, SetText with a cancelled token: ends normally'"; exit 1; }
grep -qE '^in memory, GetText with a cancelled token: ends normally' <<< "$output" || { echo "Changed: no line matches '^in memory, GetText with a cancelled token: ends normally'"; exit 1; }
grep -qE '^in memory, DeleteObjects with a cancelled token: ends normally' <<< "$output" || { echo "Changed: no line matches '^in memory, DeleteObjects with a cancelled token: ends normally'"; exit 1; }
grep -qE '^in memory, SetObject whose token fires at the third of 100 reads: ends normally, after 101 reads' <<< "$output" || { echo "Changed: no line matches '^in memory, SetObject whose token fires at the third of 100 reads: ends normally, after 101 reads'"; exit 1; }
grep -qE '^in memory, the object is there: True' <<< "$output" || { echo "Changed: no line matches '^in memory, the object is there: True'"; exit 1; }
grep -qE '^on disk, SetText with a cancelled token: ends normally' <<< "$output" || { echo "Changed: no line matches '^on disk, SetText with a cancelled token: ends normally'"; exit 1; }
grep -qE '^on disk, GetText with a cancelled token: ends normally' <<< "$output" || { echo "Changed: no line matches '^on disk, GetText with a cancelled token: ends normally'"; exit 1; }
grep -qE '^on disk, DeleteObjects with a cancelled token: ends normally' <<< "$output" || { echo "Changed: no line matches '^on disk, DeleteObjects with a cancelled token: ends normally'"; exit 1; }
grep -qE '^on disk, SetObject whose token fires at the third of 100 reads: ends normally, after 101 reads' <<< "$output" || { echo "Changed: no line matches '^on disk, SetObject whose token fires at the third of 100 reads: ends normally, after 101 reads'"; exit 1; }
grep -qE '^on disk, the object is there: True' <<< "$output" || { echo "Changed: no line matches '^on disk, the object is there: True'"; exit 1; }
echo "As described."
