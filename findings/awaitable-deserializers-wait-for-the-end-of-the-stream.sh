#!/usr/bin/env bash
# System.Text.Json of .NET 10, MessagePack 2.5.307: DeserializeAsync of a stream that stays open does not end although the whole value is there.
# The guess: a message that is complete is returned as soon as its last byte has come, so that one connection can carry one message after the other.
# Seen: over a pipe that stays open both go on waiting; they return the value when the writer completes.
# Why the guess misses it: both read until the stream ends, to be sure that nothing follows, and a file or a response body ends by itself, so that tests do not show it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:property JsonSerializerIsReflectionEnabledByDefault=true
#:package MessagePack@2.5.307
using System.IO.Pipelines;
using System.Text.Json;
using MessagePack;

await SeeAsync("System.Text.Json", "{\"id\":1}"u8.ToArray(),
    async stream => (await JsonSerializer.DeserializeAsync(stream, typeof(JsonElement), JsonSerializerOptions.Default))!.ToString()!);
await SeeAsync("MessagePack", MessagePackSerializer.Serialize("hello"),
    async stream => await MessagePackSerializer.DeserializeAsync<string>(stream));

static async Task SeeAsync(string name, byte[] message, Func<Stream, Task<string>> readAsync)
{
    var pipe = new Pipe();
    await pipe.Writer.WriteAsync(message);
    var reading = readAsync(pipe.Reader.AsStream());
    await Task.WhenAny(reading, Task.Delay(3000));
    Console.WriteLine($"{name}: returned while the stream is open: {reading.IsCompleted}");
    await pipe.Writer.CompleteAsync();
    Console.WriteLine($"{name}: then {await reading}");
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'System.Text.Json: returned while the stream is open: False' <<< "$output" || { echo "Changed: no line matches 'System.Text.Json: returned while the stream is open: False'"; exit 1; }
grep -qE 'System.Text.Json: then .*1' <<< "$output" || { echo "Changed: no line matches 'System.Text.Json: then .*1'"; exit 1; }
grep -qE 'MessagePack: returned while the stream is open: False' <<< "$output" || { echo "Changed: no line matches 'MessagePack: returned while the stream is open: False'"; exit 1; }
grep -qE 'MessagePack: then hello' <<< "$output" || { echo "Changed: no line matches 'MessagePack: then hello'"; exit 1; }
echo "As described."
