#!/usr/bin/env bash
# .NET 10: of a channel that was completed with an error, some methods throw that error and some a ChannelClosedException around it.
# The guess: a reader sees the exception that the producer gave to Complete, whichever way it reads.
# Seen: ReadAsync and WriteAsync throw ChannelClosedException with the error inside; WaitToReadAsync, WaitToWriteAsync, ReadAllAsync and Completion throw the error itself.
# Why the guess misses it: a handler that was written for the loop over ReadAllAsync does not catch what ReadAsync throws in the same consumer, and the other way round.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.Threading.Channels;

Console.WriteLine($".NET {Environment.Version}");
await Show("ReadAsync", async channel => await channel.Reader.ReadAsync());
await Show("WriteAsync", async channel => await channel.Writer.WriteAsync(1));
await Show("WaitToReadAsync", async channel => await channel.Reader.WaitToReadAsync());
await Show("WaitToWriteAsync", async channel => await channel.Writer.WaitToWriteAsync());
await Show("ReadAllAsync", async channel =>
{
    await foreach (var item in channel.Reader.ReadAllAsync()) Console.WriteLine(item);
});
await Show("Completion", channel => channel.Reader.Completion);

static async Task Show(string name, Func<Channel<int>, Task> use)
{
    var channel = Channel.CreateBounded<int>(1);
    channel.Writer.Complete(new InvalidDataException("The producer failed."));
    try
    {
        await use(channel);
        Console.WriteLine($"{name}: nothing");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}, inside {exception.InnerException?.GetType().Name ?? "nothing"}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^ReadAsync: ChannelClosedException, inside InvalidDataException' <<< "$output" || { echo "Changed: no line matches '^ReadAsync: ChannelClosedException, inside InvalidDataException'"; exit 1; }
grep -qE '^WriteAsync: ChannelClosedException, inside InvalidDataException' <<< "$output" || { echo "Changed: no line matches '^WriteAsync: ChannelClosedException, inside InvalidDataException'"; exit 1; }
grep -qE 'WaitToReadAsync: InvalidDataException' <<< "$output" || { echo "Changed: no line matches 'WaitToReadAsync: InvalidDataException'"; exit 1; }
grep -qE 'WaitToWriteAsync: InvalidDataException' <<< "$output" || { echo "Changed: no line matches 'WaitToWriteAsync: InvalidDataException'"; exit 1; }
grep -qE 'ReadAllAsync: InvalidDataException' <<< "$output" || { echo "Changed: no line matches 'ReadAllAsync: InvalidDataException'"; exit 1; }
grep -qE 'Completion: InvalidDataException' <<< "$output" || { echo "Changed: no line matches 'Completion: InvalidDataException'"; exit 1; }
echo "As described."
