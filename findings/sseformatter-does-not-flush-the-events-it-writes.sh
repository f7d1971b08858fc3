#!/usr/bin/env bash
# System.Net.ServerSentEvents of .NET 10: SseFormatter.WriteAsync never flushes its stream, neither after an event nor at the end.
# The guess: what writes events that come seldom flushes after each of them.
# Seen: with a BufferedStream or a GZipStream between, nothing arrives while three events have been written and the fourth is waited for; the stream counts no flush at all. A JsonSerializer.SerializeAsync over the same sequence does not flush, either.
# Why the guess misses it: to the response body of Kestrel a write is a flush, so that it works there. A compressing or buffering stream in front of it holds the events back until there are some kilobytes, which for events that are rare means for hours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
using System.IO.Compression;
using System.Net.ServerSentEvents;

Console.WriteLine($".NET {Environment.Version}");
await Show("BufferedStream", target => new BufferedStream(target));
await Show("GZipStream", target => new GZipStream(target, CompressionLevel.Fastest));
await Show("the stream itself", target => target);

static async Task Show(string name, Func<Stream, Stream> wrap)
{
    var target = new Counting();
    var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    async IAsyncEnumerable<SseItem<string>> Events()
    {
        for (var number = 1; number <= 3; number++)
        {
            yield return new SseItem<string>($"event {number}");
        }

        waiting.SetResult();
        await next.Task;
        yield return new SseItem<string>("event 4");
    }

    await using var stream = wrap(target);
    var writing = SseFormatter.WriteAsync(Events(), stream);
    await waiting.Task;
    await Task.Delay(500);
    var before = target.Text;
    next.SetResult();
    await writing;
    Console.WriteLine($"{name}: three events written, of them arrived {before.Split("data").Length - 1}, bytes {(before.Length > 20 ? "many" : "hardly any")}, flushes in the end {target.Flushes}");
}

public sealed class Counting : MemoryStream
{
    public int Flushes { get; private set; }

    public string Text => System.Text.Encoding.Latin1.GetString(ToArray());

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return Task.CompletedTask;
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^BufferedStream: three events written, of them arrived 0, bytes hardly any, flushes in the end 0' <<< "$output" || { echo "Changed: no line matches '^BufferedStream: three events written, of them arrived 0, bytes hardly any, flushes in the end 0'"; exit 1; }
grep -qE '^GZipStream: three events written, of them arrived 0, bytes hardly any, flushes in the end 0' <<< "$output" || { echo "Changed: no line matches '^GZipStream: three events written, of them arrived 0, bytes hardly any, flushes in the end 0'"; exit 1; }
grep -qE '^the stream itself: three events written, of them arrived 3, bytes many, flushes in the end 0' <<< "$output" || { echo "Changed: no line matches '^the stream itself: three events written, of them arrived 3, bytes many, flushes in the end 0'"; exit 1; }
echo "As described."
