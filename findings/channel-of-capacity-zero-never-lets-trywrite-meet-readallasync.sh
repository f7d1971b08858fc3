#!/usr/bin/env bash
# .NET 10, System.Threading.Channels: with Channel.CreateBounded(0) a producer of WaitToWriteAsync and TryWrite and a consumer of ReadAllAsync wait for each other.
# The guess: a channel without a buffer hands each item over directly; which of the documented ways to write and to read are used does not matter, as with every other channel.
# Seen: WriteAsync with ReadAllAsync works, and so does the loop of WaitToWriteAsync and TryWrite with ReadAsync. The loop with ReadAllAsync has handed over nothing after seconds, and both sides wait without an error.
# Why the guess misses it: TryWrite succeeds only where a ReadAsync is waiting, and ReadAllAsync waits by WaitToReadAsync and takes by TryRead, which succeeds only where a WriteAsync is waiting. Changing the capacity from 1 to 0 turns a working pipeline into one that stands still.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Threading.Channels;

Console.WriteLine($".NET {Environment.Version}, {Channel.CreateBounded<int>(0).GetType().Name}");
await Show("WriteAsync, ReadAllAsync", ByWriteAsync, ByReadAllAsync);
await Show("TryWrite, ReadAsync", ByTryWrite, ByReadAsync);
await Show("TryWrite, ReadAllAsync", ByTryWrite, ByReadAllAsync);

static async Task Show(string name, Func<ChannelWriter<int>, Task> write, Func<ChannelReader<int>, Action, Task> read)
{
    var channel = Channel.CreateBounded<int>(0);
    var count = 0;
    var both = Task.WhenAll(write(channel.Writer), read(channel.Reader, () => count++));
    var done = await Task.WhenAny(both, Task.Delay(3000)) == both;
    Console.WriteLine($"{name}: {(done ? "ended" : "still waiting after three seconds")}, items {count}");
}

static async Task ByWriteAsync(ChannelWriter<int> writer)
{
    for (var item = 0; item < 5; item++) await writer.WriteAsync(item);
    writer.Complete();
}

static async Task ByTryWrite(ChannelWriter<int> writer)
{
    for (var item = 0; item < 5; item++)
    {
        while (await writer.WaitToWriteAsync())
        {
            if (writer.TryWrite(item)) break;
        }
    }

    writer.Complete();
}

static async Task ByReadAsync(ChannelReader<int> reader, Action count)
{
    for (var item = 0; item < 5; item++)
    {
        await reader.ReadAsync();
        count();
    }
}

static async Task ByReadAllAsync(ChannelReader<int> reader, Action count)
{
    await foreach (var _ in reader.ReadAllAsync()) count();
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^WriteAsync, ReadAllAsync: ended, items 5' <<< "$output" || { echo "Changed: no line matches '^WriteAsync, ReadAllAsync: ended, items 5'"; exit 1; }
grep -qE '^TryWrite, ReadAsync: ended, items 5' <<< "$output" || { echo "Changed: no line matches '^TryWrite, ReadAsync: ended, items 5'"; exit 1; }
grep -qE '^TryWrite, ReadAllAsync: still waiting after three seconds, items 0' <<< "$output" || { echo "Changed: no line matches '^TryWrite, ReadAllAsync: still waiting after three seconds, items 0'"; exit 1; }
echo "As described."
