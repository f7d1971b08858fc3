#!/usr/bin/env bash
# SpreadCheetah 1.28.0, MiniExcel 1.46.0, Parquet.Net 6.1.0 and AngleSharp 1.10.3: awaitable writers that fail on a stream that allows no synchronous writes, as a response body of ASP.NET Core.
# The guess: a library whose writing members are all awaitable (SpreadCheetah, Parquet.Net), or its ...Async member (MiniExcel, AngleSharp), writes to the stream with awaits only.
# Seen: these four make a synchronous call: a write, or (Parquet.Net) a flush. AngleSharp's ToHtmlAsync also closes the stream, which belongs to its caller. MiniExcel does so for xlsx and not for csv;
# CsvHelper, MessagePack, SharpCompress' awaitable writer and ImageSharp never do.
# Why the guess misses it: the synchronous calls come at the end, from a compressor or a StreamWriter that is closed without await, or from a flush between two parts. A test over a MemoryStream or a file passes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property NuGetAudit=false
#:package AngleSharp@1.10.3
#:package CsvHelper@33.1.0
#:package MessagePack@2.5.307
#:package MiniExcel@1.46.0
#:package Parquet.Net@6.1.0
#:package SharpCompress@0.50.8
#:package SixLabors.ImageSharp@2.1.13
#:package SpreadCheetah@1.28.0
using System.Globalization;
using AngleSharp;
using AngleSharp.Html.Parser;
using CsvHelper;
using MessagePack;
using MessagePack.Resolvers;
using MiniExcelLibs;
using Parquet.Serialization;
using SharpCompress.Common;
using SharpCompress.Writers;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SpreadCheetah;

var rows = Enumerable.Range(0, 20_000).Select(i => new Row { Id = i, Name = "name " + i }).ToList();
Console.WriteLine($".NET {Environment.Version}");
await Show("SpreadCheetah", async stream =>
{
    await using var sheets = await Spreadsheet.CreateNewAsync(stream);
    await sheets.StartWorksheetAsync("rows");
    foreach (var row in rows) await sheets.AddRowAsync(new[] { new DataCell(row.Id), new DataCell(row.Name) });
    await sheets.FinishAsync();
});
await Show("MiniExcel xlsx", stream => MiniExcel.SaveAsAsync(stream, rows));
await Show("MiniExcel csv", stream => MiniExcel.SaveAsAsync(stream, rows, excelType: ExcelType.CSV));
await Show("Parquet.Net", stream => ParquetSerializer.SerializeAsync(rows, stream));
await Show("AngleSharp", stream => new HtmlParser().ParseDocument(string.Concat(rows.Select(r => $"<p>{r.Name}</p>"))).ToHtmlAsync(stream));
await Show("CsvHelper", async stream =>
{
    await using var text = new StreamWriter(stream, leaveOpen: true);
    await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
    await csv.WriteRecordsAsync(rows);
});
await Show("MessagePack", stream => MessagePackSerializer.SerializeAsync(stream, rows, ContractlessStandardResolver.Options));
await Show("SharpCompress", async stream =>
{
    await using var zip = await WriterFactory.OpenAsyncWriter(stream, ArchiveType.Zip, new WriterOptions(CompressionType.Deflate));
    await zip.WriteAsync("data", new MemoryStream(new byte[300_000]), null);
});
await Show("ImageSharp", async stream =>
{
    using var image = new Image<Rgba32>(300, 300);
    await image.SaveAsPngAsync(stream);
});

// The members of the response body of ASP.NET Core: synchronous writes and flushes throw, unless AllowSynchronousIO is set.
async Task Show(string name, Func<Stream, Task> write)
{
    string outcome;
    try
    {
        await write(new Body(isStrict: true));
        outcome = "writes";
    }
    catch (Exception e) when (e.GetBaseException().Message == Body.Message)
    {
        outcome = "fails";
    }
    catch (Exception e)
    {
        outcome = $"fails with {e.GetType().Name}";
    }

    var body = new Body(isStrict: false);
    await write(body);
    Console.WriteLine($"{name}: {outcome}; synchronous writes {Some(body.Writes)}, synchronous flushes {Some(body.Flushes)}, awaited writes {Some(body.Awaited)}, stream {(body.IsClosed ? "closed" : "left open")}");

    static string Some(int count) => count > 0 ? "some" : "none";
}

public sealed class Row
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

sealed class Body(bool isStrict) : Stream
{
    public const string Message = "Synchronous operations are disallowed.";
    private long _length;

    public int Writes { get; private set; }
    public int Flushes { get; private set; }
    public int Awaited { get; private set; }
    public bool IsClosed { get; private set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _length; set => throw new NotSupportedException(); }
    public override void Flush() { Refuse(); Flushes++; }
    public override Task FlushAsync(CancellationToken token) => Task.CompletedTask;
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) { Refuse(); Writes++; _length += count; }
    public override void Write(ReadOnlySpan<byte> buffer) { Refuse(); Writes++; _length += buffer.Length; }
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken token) { Awaited++; _length += count; return Task.CompletedTask; }
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken token = default) { Awaited++; _length += buffer.Length; return default; }
    protected override void Dispose(bool disposing) => IsClosed = true;
    public override ValueTask DisposeAsync() { IsClosed = true; return default; }

    private void Refuse()
    {
        if (isStrict) throw new InvalidOperationException(Message);
    }
}
PROGRAM
output=$(dotnet run program.cs 2>&1 | grep -v ': warning ')
echo "SDK $(dotnet --version)"
echo "$output"
expect() { grep -qF -- "$1" <<< "$output" || { echo "Changed: no line is '$1'"; exit 1; }; }
expect 'SpreadCheetah: fails; synchronous writes some, synchronous flushes none, awaited writes some, stream left open'
expect 'MiniExcel xlsx: fails; synchronous writes some, synchronous flushes some, awaited writes some, stream left open'
expect 'MiniExcel csv: writes; synchronous writes none, synchronous flushes none, awaited writes some, stream left open'
expect 'Parquet.Net: fails; synchronous writes none, synchronous flushes some, awaited writes some, stream left open'
expect 'AngleSharp: fails; synchronous writes some, synchronous flushes some, awaited writes some, stream closed'
for name in CsvHelper MessagePack SharpCompress ImageSharp; do expect "$name: writes; synchronous writes none, synchronous flushes none, awaited writes some, stream left open"; done
echo "As described."
