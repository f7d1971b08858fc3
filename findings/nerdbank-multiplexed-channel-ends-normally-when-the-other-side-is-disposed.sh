#!/usr/bin/env bash
# Nerdbank.Streams 2.14.411: a channel of a MultiplexingStream whose other side is disposed in the middle of a message ends as one that was completed.
# The guess: the reader gets an IOException or a MultiplexingProtocolException, since the writer completed neither the channel nor its output; or the task 'Completion' is faulted.
# Seen: the reader gets the first half of the message and then 0, the end of the stream; 'Completion' ends successfully. A message that was cut off looks like a whole one.
# Why the guess misses it: disposing the multiplexing stream closes each of its channels by the same frame that a regular end sends, so only a length or an end mark inside the data tells the two apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Nerdbank.Streams@2.14.411
using Nerdbank.Streams;

Console.WriteLine($".NET {Environment.Version}, Nerdbank.Streams {typeof(MultiplexingStream).Assembly.GetName().Version}");
foreach (var isCompleted in new[] { true, false })
{
    var (near, far) = FullDuplexStream.CreatePair();
    var creating = MultiplexingStream.CreateAsync(near);
    await using var receiver = await MultiplexingStream.CreateAsync(far);
    var sender = await creating;
    var offering = sender.OfferChannelAsync("file");
    var incoming = await receiver.AcceptChannelAsync("file");
    var outgoing = await offering;

    await outgoing.Output.WriteAsync(new byte[50]);
    if (isCompleted)
    {
        await outgoing.Output.WriteAsync(new byte[50]);
        await outgoing.Output.CompleteAsync();
        await Task.Delay(300);
    }

    await Task.Delay(300);
    await sender.DisposeAsync();

    var stream = incoming.AsStream();
    var (total, outcome) = (0, "end of the stream");
    try
    {
        for (int count; (count = await stream.ReadAsync(new byte[20])) > 0;) total += count;
    }
    catch (Exception failure)
    {
        outcome = failure.GetType().Name;
    }

    await Task.WhenAny(incoming.Completion, Task.Delay(5000));
    Console.WriteLine($"{(isCompleted ? "completed" : "cut off")}: {total} of 100 bytes, then {outcome}; Completion: {incoming.Completion.Status}");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^completed: 100 of 100 bytes, then end of the stream' <<< "$output" || { echo "Changed: no line matches '^completed: 100 of 100 bytes, then end of the stream'"; exit 1; }
grep -qE '^cut off: 50 of 100 bytes, then end of the stream; Completion: RanToCompletion' <<< "$output" || { echo "Changed: no line matches '^cut off: 50 of 100 bytes, then end of the stream; Completion: RanToCompletion'"; exit 1; }
echo "As described."
