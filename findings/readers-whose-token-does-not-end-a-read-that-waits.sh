#!/usr/bin/env bash
# .NET 10 XDocument.LoadAsync and XElement.LoadAsync, and Newtonsoft.Json 13.0.4, take a token that does not end a read which waits for the other side.
# The guess: whoever parses from a stream asynchronously with a token hands it on to the stream, so that a time limit ends the wait for a sender that has gone silent.
# Seen: a stream gives the beginning and then nothing; the token fires. System.Text.Json, TarReader, MimeKit 4.18.2 and AngleSharp 1.10.3 end with an OperationCanceledException, MessagePack 2.5.307 with a MessagePackSerializationException; those named above wait on.
# Why the guess misses it: their token is looked at between reads. It helps against a large document and not against a silent peer, which is what the time limit is for; WaitAsync, or a stream with a time-out of its own, is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package Newtonsoft.Json@13.0.4
#:package MimeKit@4.18.2
#:package AngleSharp@1.10.3
#:package MessagePack@2.5.307
using System.Formats.Tar;
using System.IO.Pipelines;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using MessagePack;
using MimeKit;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

Console.WriteLine($".NET {Environment.Version}");
var archive = new MemoryStream();
using (var writer = new TarWriter(archive, leaveOpen: true))
    writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "file") { DataStream = new MemoryStream(new byte[3000]) });
var tar = archive.ToArray()[..2000];

await Show("XDocument.LoadAsync", "<rows><row/>"u8.ToArray(), (stream, token) => XDocument.LoadAsync(stream, LoadOptions.None, token));
await Show("XElement.LoadAsync", "<rows><row/>"u8.ToArray(), async (stream, token) =>
{
    using var reader = XmlReader.Create(stream, new XmlReaderSettings { Async = true });
    await XElement.LoadAsync(reader, LoadOptions.None, token);
});
await Show("JsonTextReader.ReadAsync", "[1,2"u8.ToArray(), async (stream, token) =>
{
    var reader = new JsonTextReader(new StreamReader(stream));
    while (await reader.ReadAsync(token)) await Task.Yield();
});
await Show("JToken.LoadAsync", "[1,2"u8.ToArray(), (stream, token) => JToken.LoadAsync(new JsonTextReader(new StreamReader(stream)), token));
await Show("TarReader.GetNextEntryAsync", tar, async (stream, token) =>
{
    var reader = new TarReader(stream);
    while (await reader.GetNextEntryAsync(cancellationToken: token) is not null) await Task.Yield();
});
await Show("JsonDocument.ParseAsync", "[1,2"u8.ToArray(), (stream, token) => JsonDocument.ParseAsync(stream, default, token));
await Show("MimeMessage.LoadAsync", "From: a@example.com\r\n\r\ntext"u8.ToArray(), (stream, token) => MimeMessage.LoadAsync(stream, token));
await Show("AngleSharp ParseDocumentAsync", "<html><body><p>"u8.ToArray(), (stream, token) => new HtmlParser().ParseDocumentAsync(stream, token));
await Show("MessagePackSerializer.DeserializeAsync", MessagePackSerializer.Serialize(new[] { 1, 2, 3000 })[..3],
    (stream, token) => MessagePackSerializer.DeserializeAsync<int[]>(stream, cancellationToken: token).AsTask());

static async Task Show(string name, byte[] beginning, Func<Stream, CancellationToken, Task> read)
{
    var pipe = new Pipe();
    await pipe.Writer.WriteAsync(beginning);
    using var source = new CancellationTokenSource(300);
    var reading = Task.Run(() => read(pipe.Reader.AsStream(), source.Token));
    if (await Task.WhenAny(reading, Task.Delay(3000)) != reading)
    {
        Console.WriteLine($"{name}: still waits");
        return;
    }

    try
    {
        await reading;
        Console.WriteLine($"{name}: ended");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{name}: {exception.GetType().Name}");
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE 'XDocument.LoadAsync: still waits' <<< "$output" || { echo "Changed: no line matches 'XDocument.LoadAsync: still waits'"; exit 1; }
grep -qE 'XElement.LoadAsync: still waits' <<< "$output" || { echo "Changed: no line matches 'XElement.LoadAsync: still waits'"; exit 1; }
grep -qE 'JsonTextReader.ReadAsync: still waits' <<< "$output" || { echo "Changed: no line matches 'JsonTextReader.ReadAsync: still waits'"; exit 1; }
grep -qE 'JToken.LoadAsync: still waits' <<< "$output" || { echo "Changed: no line matches 'JToken.LoadAsync: still waits'"; exit 1; }
grep -qE 'TarReader.GetNextEntryAsync: OperationCanceledException' <<< "$output" || { echo "Changed: no line matches 'TarReader.GetNextEntryAsync: OperationCanceledException'"; exit 1; }
grep -qE 'JsonDocument.ParseAsync: OperationCanceledException' <<< "$output" || { echo "Changed: no line matches 'JsonDocument.ParseAsync: OperationCanceledException'"; exit 1; }
grep -qE 'MimeMessage.LoadAsync: OperationCanceledException' <<< "$output" || { echo "Changed: no line matches 'MimeMessage.LoadAsync: OperationCanceledException'"; exit 1; }
grep -qE 'AngleSharp ParseDocumentAsync: .*CanceledException' <<< "$output" || { echo "Changed: no line matches 'AngleSharp ParseDocumentAsync: .*CanceledException'"; exit 1; }
grep -qE 'MessagePackSerializer.DeserializeAsync: MessagePackSerializationException' <<< "$output" || { echo "Changed: no line matches 'MessagePackSerializer.DeserializeAsync: MessagePackSerializationException'"; exit 1; }
echo "As described."
