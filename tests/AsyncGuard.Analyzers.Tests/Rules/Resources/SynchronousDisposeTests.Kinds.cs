using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Resources;

// What has nothing to write when it closes, and what hides behind another type.
public sealed partial class SynchronousDisposeTests
{
    private static readonly RuleTestOptions Web = new() { References = ReferenceSet.AspNetCore };

    [Theory]
    [InlineData("async Task M(string p) { using var f = File.OpenRead(p); await Task.Yield(); }")]
    [InlineData("async Task M(string p) { using var f = new FileStream(p, FileMode.Open, FileAccess.Read); await Task.Yield(); }")]
    [InlineData("async Task M(string p) { using (var f = File.Open(p, FileMode.Open, FileAccess.Read)) await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s) { using var z = new System.IO.Compression.GZipStream(s, System.IO.Compression.CompressionMode.Decompress); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s, System.Security.Cryptography.ICryptoTransform t) { using var z = new System.Security.Cryptography.CryptoStream(s, t, System.Security.Cryptography.CryptoStreamMode.Read); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { using var z = new System.IO.Compression.ZipArchive(s); await Task.Yield(); }")]
    [InlineData(
        "Stream? _file; async Task M(string p) { _file?.Dispose(); _file = File.OpenRead(p); await Task.Yield(); if (_file != null) _file.Dispose(); _file = null; }")]
    [InlineData(
        "MemoryStream? _m; System.IO.Compression.DeflateStream? _z; async Task M() { _z?.Dispose(); _m = new MemoryStream(); _z = new(_m, System.IO.Compression.CompressionMode.Decompress); await Task.Yield(); }")]
    [InlineData("async Task M() { using var n = Stream.Null; await Task.Yield(); }")]
    [InlineData("async Task M(HttpClient c) { using (var s = await c.GetStreamAsync(\"u\").ConfigureAwait(false)) await Task.Yield(); }")]
    [InlineData("async Task M(HttpResponseMessage r) { using var s = await r.Content.ReadAsStreamAsync(); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { using var t = new System.Formats.Tar.TarReader(s); await Task.Yield(); }")]
    [InlineData("async Task M() { using var o = Console.OpenStandardOutput(); await Task.Yield(); }")]
    public Task ObjectThatOnlyReads_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M(Microsoft.AspNetCore.Http.IFormFile f) { using var s = f.OpenReadStream(); await Task.Yield(); }")]
    [InlineData("async Task M(Microsoft.AspNetCore.Http.IFormFile f) { using (var s = f.OpenReadStream()) await N(s); } Task N(Stream s) => Task.CompletedTask;")]
    [InlineData("async Task M(Microsoft.AspNetCore.Http.IFormFile? f) { var s = f!.OpenReadStream(); await Task.Yield(); s.Dispose(); }")]
    [InlineData("async Task M(Microsoft.AspNetCore.Components.Forms.IBrowserFile f) { using var s = f.OpenReadStream(512); await Task.Yield(); }")]
    [InlineData("async Task M(Microsoft.JSInterop.IJSStreamReference r) { using var s = await r.OpenReadStreamAsync(); await Task.Yield(); }")]
    [InlineData("async Task M(Microsoft.Extensions.FileProviders.IFileInfo f) { using var s = f.CreateReadStream(); await Task.Yield(); }")]
    [InlineData("async Task M(System.Net.HttpWebResponse r) { using var s = r.GetResponseStream(); await Task.Yield(); }")]
    [InlineData("async Task M(HttpResponseMessage r) { using var s = r.Content.ReadAsStream(); await Task.Yield(); }")]
    public Task StreamOfARequestOrAResponse_IsSilent(string source) => Silent(source, Web);

    [Theory]
    [InlineData("async Task M(Microsoft.AspNetCore.Http.HttpResponse r) { [|using|] var w = new StreamWriter(r.Body); await w.WriteAsync('x'); }")]
    [InlineData("async Task M(Stream s, Microsoft.AspNetCore.Http.IFormFile f) { [|using|] (s) await f.CopyToAsync(s); }")]
    public Task StreamOfARequestOrAResponse_IsReported_WhereItIsWritten(string source) => Reports(source, Web);

    [Theory]
    [InlineData("abstract class Files { public abstract FileStream Get(string p, FileMode m, FileAccess a); } async Task M(Files f, string p) { using var s = f.Get(p, FileMode.Open, FileAccess.Read); await Task.Yield(); }")]
    [InlineData("async Task M(string p) { FileStream? f = null; try { f = new FileStream(p, FileMode.Open, FileAccess.Read); await Task.Yield(); } catch { f?.Dispose(); throw; } using (f) await Task.Yield(); }")]
    [InlineData("async Task M(string p, bool b) { Stream f; if (b) f = File.OpenRead(p); else f = Stream.Null; await Task.Yield(); f.Dispose(); }")]
    public Task ObjectThatOnlyReads_OpenedElsewhere_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("abstract class Files { public abstract FileStream Get(string p, FileMode m, FileAccess a); } async Task M(Files f, string p) { [|using|] var s = f.Get(p, FileMode.Open, FileAccess.ReadWrite); await Task.Yield(); }")]
    [InlineData("async Task M(string p, bool b) { Stream f; if (b) f = File.OpenRead(p); else f = File.Create(p); await f.FlushAsync(); [|f.Dispose()|]; }")]
    [InlineData("async Task M(string p) { FileStream? f = null; Open(out f); f = File.OpenRead(p); await Task.Yield(); [|f.Dispose()|]; } void Open(out FileStream? f) => f = null;")]
    [InlineData("async Task M(string p) { Stream? f = null; await Task.Yield(); [|using|] (f) { } }")]
    public Task ObjectThatMayWrite_OpenedElsewhere_IsReported(string source) => Reports(source);

    // One resource, one report: at the call, which writes what there is.
    [Theory]
    [InlineData("async Task M(string p, Stream s) { using (var f = File.Create(p)) { await s.CopyToAsync(f); [|f.Close()|]; } }")]
    [InlineData("async Task M(string p, Stream s) { using (var f = File.Create(p)) { await s.CopyToAsync(f); [|f.Dispose()|]; } await Task.Yield(); }")]
    [InlineData("async Task M(string p, Stream s) { using var f = File.Create(p); await s.CopyToAsync(f); [|f.Close()|]; Console.WriteLine(p); }")]
    [InlineData("async Task M(string p, Stream s) { using (var f = File.Create(p)) { try { await s.CopyToAsync(f); } finally { [|f.Close()|]; } } }")]
    [InlineData("async Task M(Stream s, Stream f) { using (f) { await s.CopyToAsync(f); [|f.Close()|]; } }")]
    [InlineData("async Task<int> M(string p, Stream s) { using (var f = File.Create(p)) { if (s.CanSeek) return 1; await s.CopyToAsync(f); [|f.Close()|]; return 0; } }")]
    [InlineData("async Task M(string p, Stream s) { [|using|] IDisposable f = File.Create(p); await ((Stream)f).FlushAsync(); f.Dispose(); }")]
    [InlineData("async Task M(string p, Stream s) { [|using|] (var f = File.Create(p)) { await s.CopyToAsync(f); if (p == \"\") { [|f.Close()|]; } } }")]
    [InlineData("async Task M(string p, Stream s) { [|using|] (var f = File.Create(p)) { await s.CopyToAsync(f); Action a = () => f.Close(); a(); } }")]
    [InlineData("async Task<int> M(string p, Stream s) { [|using|] (var f = File.Create(p)) { if (s.CanSeek) return 1; await s.CopyToAsync(f); await f.DisposeAsync(); return 0; } }")]
    public Task ResourceOfAUsing_ThatIsClosedInIt_IsReportedOnce(string source) => Reports(source);

    [Theory]
    [InlineData("async Task M(string p, Stream s) { using (var f = File.Create(p)) { await s.CopyToAsync(f); await f.DisposeAsync(); } }")]
    [InlineData("async Task M(string p, Stream s) { using var f = File.Create(p); await s.CopyToAsync(f); await f.FlushAsync(); f.Close(); }")]
    public Task ResourceOfAUsing_ThatIsClosedInItAsynchronously_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M(string p) { using (File.Create(p)) { } await Task.Yield(); }")]
    [InlineData("async Task M(string p) { using (var f = File.Create(p)) { } await Task.Yield(); }")]
    [InlineData("async Task M(string p) { using (var f = new FileStream(p, FileMode.CreateNew)) { /* only the name */ } await Task.Yield(); }")]
    [InlineData("Task M(string p) { using (File.Create(p)) ; return Task.CompletedTask; }")]
    public Task FileThatIsOnlyMade_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M(Stream s) { [|using|] (s) { } await Task.Yield(); }")]
    [InlineData("async Task M(string p) { var f = File.Create(p); await f.WriteAsync(new byte[1]); [|using|] (f) { } }")]
    [InlineData("async Task M(string p) { [|using|] (var f = File.Create(p)) { f.SetLength(5); } await Task.Yield(); }")]
    public Task EmptyUsing_OfWhatWasWritten_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("async Task M(string p) { [|using|] IDisposable f = new FileStream(p, FileMode.Create); await ((Stream)f).FlushAsync(); }")]
    [InlineData("async Task M(string p) { [|using|] var f = new FileStream(p, FileMode.Open); await f.FlushAsync(); }")]
    [InlineData("Stream? _file; async Task M(string p, bool w) { _file = File.OpenRead(p); if (w) _file = File.Create(p); await Task.Yield(); [|_file.Dispose()|]; }")]
    [InlineData("Stream? _file; async Task M(string p, Stream s) { (_file, _) = (s, 1); _file ??= File.OpenRead(p); await Task.Yield(); [|_file.Dispose()|]; }")]
    [InlineData(
        "async Task M(Stream s) { [|using|] var z = new System.IO.Compression.GZipStream(s, System.IO.Compression.CompressionMode.Compress); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s, System.Security.Cryptography.ICryptoTransform t) { [|using|] var z = new System.Security.Cryptography.CryptoStream(s, t, System.Security.Cryptography.CryptoStreamMode.Write); await Task.Yield(); }")]
    public Task ObjectThatMayWrite_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "HttpClient c = new(); string? u; async Task<Stream?> OpenAsync() => string.IsNullOrEmpty(u) ? null : await c.GetStreamAsync(u); async Task M() { using (var s = await OpenAsync()) await Task.Yield(); }")]
    [InlineData(
        "static HttpClient c = new(); static async Task<Stream> OpenAsync(string u) { using var log = new StringWriter(); return await c.GetStreamAsync(u).ConfigureAwait(false); } async Task M() { using var s = await OpenAsync(\"u\"); await Task.Yield(); }")]
    [InlineData("Stream Open(string p) { return File.OpenRead(p); } async Task M() { using var s = Open(\"p\"); await Task.Yield(); }")]
    [InlineData(
        "async Task M(HttpClient c, string p) { using var s = p[0] == 'h' ? await c.GetStreamAsync(p) : File.OpenRead(p); await Task.Yield(); }")]
    [InlineData("async Task M(string p) { using var s = File.Exists(p) ? File.OpenRead(p) : null; await Task.Yield(); }")]
    [InlineData("async Task M(string p) { var f = File.OpenRead(p); await Task.Yield(); using (f) await Task.Yield(); }")]
    public Task ObjectThatOnlyReads_FromAMethodOfOurs_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("Stream Open(string p) { return File.Create(p); } async Task M() { [|using|] var s = Open(\"p\"); await Task.Yield(); }")]
    [InlineData(
        "Stream Open(string p) { if (p == \"\") return File.OpenRead(p); return File.Create(p); } async Task M() { [|using|] var s = Open(\"p\"); await Task.Yield(); }")]
    [InlineData(
        "protected virtual Stream Open(string p) => File.OpenRead(p); async Task M() { [|using|] var s = Open(\"p\"); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string p, bool reads) { [|using|] var s = reads ? File.OpenRead(p) : File.Create(p); await s.FlushAsync(); }")]
    public Task ObjectThatMayWrite_FromAMethodOfOurs_IsReported(string source) => Reports(source);

    private const string Both =
        "\nclass Both : IDisposable, IAsyncDisposable { public void Dispose() { } public async ValueTask DisposeAsync() => await Task.Yield(); public Task CloseAsync(int code = 0) => Task.CompletedTask; public Task FlushAsync() => Task.CompletedTask; } Both? _field;";

    [Theory]
    [InlineData("async Task M(Both x) { await x.CloseAsync(); x.Dispose(); }")]
    [InlineData("async Task M(Both x) { await x.CloseAsync(1).ConfigureAwait(false); x.Dispose(); }")]
    [InlineData("async Task M(Both x) { await x.DisposeAsync(); x.Dispose(); }")]
    [InlineData("async Task M() { if (_field is not null) { try { await _field.CloseAsync(); _field.Dispose(); } catch (IOException) { } } }")]
    [InlineData("async Task M() { if (_field is not null) { await _field.CloseAsync(); _field?.Dispose(); } }")]
    [InlineData("async Task M(Both x, bool all) { await x.CloseAsync(); if (all) { x.Dispose(); } }")]
    [InlineData("async Task M(Both x) { await x.CloseAsync().WaitAsync(TimeSpan.FromSeconds(1)); ((IDisposable)x).Dispose(); }")]
    [InlineData(
        "readonly Open _open = new(); async Task M() { try { await _open.CloseAsync().ConfigureAwait(false); _open.Dispose(); } catch (IOException) { } } class Open : IDisposable, IAsyncDisposable { public void Dispose() { } public async ValueTask DisposeAsync() => await Task.Yield(); } }\npublic static class Closing { public static Task CloseAsync(this object open, CancellationToken t = default) => Task.CompletedTask; } class E {")]
    public Task Dispose_OfWhatIsClosed_IsSilent(string source) => Silent(source + Both);

    [Theory]
    [InlineData("async Task M(Both x) { await x.FlushAsync(); [|x.Dispose()|]; }")]
    [InlineData("async Task M(Both x, Both y) { await x.CloseAsync(); [|y.Dispose()|]; }")]
    [InlineData("async Task M(Both x, bool all) { if (all) await x.CloseAsync(); [|x.Dispose()|]; }")]
    [InlineData("async Task M(Both x) { await x.CloseAsync(); x = new Both(); [|x.Dispose()|]; }")]
    [InlineData("async Task M(Both x) { try { await x.CloseAsync(); } finally { [|x.Dispose()|]; } }")]
    [InlineData("async Task M(Both x) { [|x.Dispose()|]; await x.CloseAsync(); }")]
    public Task Dispose_OfWhatMayBeOpen_IsReported(string source) => Reports(source + Both);

    [Theory]
    [InlineData("async Task M(string p) { using (var f = File.Create(p)) [|using|] (var w = new StreamWriter(f)) await w.WriteAsync(\"x\"); }")]
    [InlineData("async Task M(string p) { using (var f = File.Create(p)) { [|using|] var w = new StreamWriter(f); await w.WriteAsync(\"x\"); } }")]
    [InlineData(
        "async Task M(string p) { using var f = File.Create(p); [|using|] var z = new System.IO.Compression.GZipStream(f, System.IO.Compression.CompressionMode.Compress); await z.FlushAsync(); }")]
    [InlineData(
        "async Task M(string p) { using var f = File.Create(p); [|using|] var w = new StreamWriter(f, leaveOpen: false); await w.WriteAsync(\"x\"); }")]
    public Task Stream_ThatItsWriterCloses_IsNotReportedBesideIt(string source) => Reports(source);

    [Theory]
    [InlineData("async Task M(string p) { using var f = File.Create(p); await using var w = new StreamWriter(f); await w.WriteAsync(\"x\"); }")]
    [InlineData("async Task M(FileInfo p) { using var f = p.Open(FileMode.Open); using (var r = new StreamReader(f)) await r.ReadLineAsync(); }")]
    public Task Stream_ThatIsClosedByItsOwner_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData(
        "async Task M(string p) { [|using|] var f = File.Create(p); await using var w = new StreamWriter(f, leaveOpen: true); await w.WriteAsync(\"x\"); }")]
    [InlineData(
        "async Task M(string p) { [|using|] var f = File.Create(p); await f.FlushAsync(); await using var w = new StreamWriter(f); await w.WriteAsync(\"x\"); }")]
    [InlineData(
        "async Task M(string p) { [|using|] (var f = File.Create(p)) { var w = new StreamWriter(f); await w.WriteAsync(\"x\"); } }")]
    [InlineData(
        "async Task M(string p) { [|using|] var f = File.Create(p); await using var w = new System.Text.Json.Utf8JsonWriter(f); await w.FlushAsync(); }")]
    public Task Stream_ThatStaysOpen_IsReported(string source) => Reports(source);

    // Nothing is written, so there is nothing to flush when the stream closes
    [Theory]
    [InlineData("async Task M(string p, Stream o) { using var f = new FileStream(p, FileMode.Open); await f.CopyToAsync(o); }")]
    [InlineData("async Task M(string p, Stream o) { using (var f = File.Open(p, FileMode.Open)) { f.Seek(2, SeekOrigin.Begin); await f.CopyToAsync(o); } }")]
    [InlineData("async Task<int> M(Stream s) { using (s) { return await s.ReadAsync(new byte[9]); } }")]
    [InlineData("async Task<byte[]> M(Stream s) { using (s) { using var m = new MemoryStream(); await s.CopyToAsync(m); return m.ToArray(); } }")]
    [InlineData("async Task M(byte[] b) { using var s = Console.OpenStandardInput(); while (await s.ReadAsync(b) > 0) { } }")]
    [InlineData("async Task<int> M(Stream s) { try { return await s.ReadAsync(new byte[9]); } finally { s.Dispose(); } }")]
    [InlineData("async Task<int> M(Stream? s) { if (s is null) return 0; await s.ReadExactlyAsync(new byte[9]); s?.Dispose(); return 1; }")]
    [InlineData("async Task<int[]?> M(Stream s) { using (s) return await System.Text.Json.JsonSerializer.DeserializeAsync<int[]>(s); }")]
    [InlineData("async Task<string?> M(Stream s) { using (s) { using var r = new StreamReader(s); return await r.ReadLineAsync(); } }")]
    [InlineData("async Task M(Stream s) { using (s) { var d = await System.Xml.Linq.XDocument.LoadAsync(s, default, default); _ = s.Length; } }")]
    [InlineData("async Task<byte[]> M(Stream s) { using (s) return await System.Security.Cryptography.SHA256.HashDataAsync(s); }")]
    [InlineData("async Task M(string p, byte[] b) { using var f = new FileStream(p, FileMode.Open); Func<Task> read = async () => await f.ReadExactlyAsync(b); await read(); }")]
    public Task Stream_ThatIsOnlyRead_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M(string p, byte[] b) { [|using|] var f = new FileStream(p, FileMode.Open); await f.ReadAsync(b); await f.WriteAsync(b); }")]
    [InlineData("async Task M(string p, byte[] b) { [|using|] var f = new FileStream(p, FileMode.Open); await f.ReadAsync(b); f.SetLength(2); }")]
    [InlineData("async Task M(Stream s, Stream o) { [|using|] (o) { await s.CopyToAsync(o); } }")]
    [InlineData("async Task M(Stream s, byte[] b) { [|using|] (s) { await s.ReadAsync(b); await FillAsync(s); } } static Task FillAsync(Stream s) => s.WriteAsync(new byte[1], 0, 1);")]
    [InlineData("async Task M(Stream s, byte[] b) { [|using|] (s) { await s.ReadAsync(b); s.WriteByte(1); } }")]
    [InlineData("async Task M(Stream s) { [|using|] (s) { await Task.Yield(); } }")]
    [InlineData("async Task M(Stream s, byte[] b) { await s.ReadAsync(b); var other = s; await other.FlushAsync(); [|s.Dispose()|]; }")]
    [InlineData("async Task M(string p, int[] b) { [|using|] var f = new FileStream(p, FileMode.Open); await System.Text.Json.JsonSerializer.SerializeAsync(f, b); }")]
    [InlineData("async Task M(Stream s, byte[] b) { Task write() => s.WriteAsync(b, 0, 1); [|using|] (s) { await s.ReadAsync(b); await write(); } }")]
    public Task Stream_ThatIsWritten_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("async Task M(string? p) { using var s = p is null ? Stream.Null : File.OpenRead(p); await UseAsync(s); }")]
    [InlineData("async Task M(string p, HttpClient c) { using var s = p.StartsWith(\"h\") switch { true => await c.GetStreamAsync(p), false => File.OpenRead(p) }; await UseAsync(s); }")]
    [InlineData("async Task M(string? p) { using Stream s = p switch { null => new MemoryStream(), \"\" => throw new IOException(), _ => File.OpenRead(p) }; await UseAsync(s); }")]
    [InlineData("async Task<Stream> OpenAsync(string p) { if (p == \"\") return new MemoryStream(); await Task.Yield(); return File.OpenRead(p); } async Task M(string p) { using var s = await OpenAsync(p); await UseAsync(s); }")]
    [InlineData("async Task M(string p, bool all) { using var s = all ? await OpenAsync(p) : Stream.Null; await UseAsync(s); } async Task<Stream> OpenAsync(string p) { await Task.Yield(); return File.OpenRead(p); }")]
    [InlineData("Stream? Find(string p) => p == \"\" ? null : File.OpenRead(p); async Task M(string p) { using var s = Find(p) ?? throw new IOException(); await UseAsync(s); }")]
    public Task Choice_OfStreamsWithNothingToWrite_IsSilent(string source) => Silent(source + " Task UseAsync(Stream s) => s.FlushAsync();");

    [Theory]
    [InlineData("async Task M(string? p) { [|using|] Stream s = p is null ? Stream.Null : File.Create(p); await UseAsync(s); }")]
    [InlineData("async Task M(string p) { [|using|] var s = p.Length switch { 0 => File.Create(p), _ => File.OpenRead(p) }; await UseAsync(s); }")]
    public Task Choice_OfAFileThatMayBeWritten_IsReported(string source) => Reports(source + " Task UseAsync(Stream s) => s.FlushAsync();");

    [Theory]
    [InlineData("async Task M(Files f) { using var s = f.Open(\"a\", FileMode.Open, FileAccess.Read, FileShare.Read); await UseAsync(s); }")]
    [InlineData("async Task M(Files f) { using (var s = f.Open(\"a\", FileMode.Open, FileAccess.Read)) await UseAsync(s); }")]
    [InlineData("async Task M(string p) { using var s = new FileStream(p, FileMode.Open, FileAccess.Read, FileShare.Write); await UseAsync(s); }")]
    public Task Stream_ThatAnyMethodOpensForReading_IsSilent(string source) => Silent(source + Opening);

    [Theory]
    [InlineData("async Task M(Files f) { [|using|] var s = f.Open(\"a\", FileMode.Create, FileAccess.Write, FileShare.Read); await UseAsync(s); }")]
    [InlineData("async Task M(Files f) { [|using|] var s = f.Open(\"a\", FileMode.Open, FileAccess.ReadWrite); await UseAsync(s); }")]
    [InlineData("async Task M(Files f, FileAccess a) { [|using|] var s = f.Open(\"a\", FileMode.Open, a); await UseAsync(s); }")]
    [InlineData("async Task M(string p) { [|using|] var s = new FileStream(p, FileMode.Create, FileAccess.Write, FileShare.Read); await UseAsync(s); }")]
    [InlineData("async Task M(string p) { [|using|] var s = File.Open(p, FileMode.Open, FileAccess.ReadWrite, FileShare.Read); await UseAsync(s); }")]
    public Task Stream_ThatIsSharedForReading_IsReported(string source) => Reports(source + Opening);

    private const string Claims =
        " void Note(long n) { } Task RunAsync() => Task.CompletedTask; static void Undo(FileInfo? i, FileStream? f) { if (i?.Length == 0) { try { f?.Dispose(); } catch { } i.Delete(); } }";

    // A file that is only there, or locked: nothing is written to it
    [Theory]
    [InlineData("async Task M(string p) { using var f = new FileStream(p, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); await RunAsync(); }")]
    [InlineData("async Task M(string p) { using (File.Create(p)) { await RunAsync(); } using (var f = File.Open(p, FileMode.CreateNew)) { Note(f.Length); await RunAsync(); } }")]
    [InlineData("async Task M(string p) { using IDisposable f = new FileStream(p, FileMode.CreateNew); await RunAsync(); }")]
    [InlineData("async Task M(FileInfo i) { var f = i.Open(FileMode.Create, FileAccess.Write); try { await RunAsync(); } finally { f.Close(); } }")]
    [InlineData("async Task M(FileInfo i) { await using var f = i.Open(FileMode.Create, FileAccess.Write); try { await N(i, f); } catch { Undo(i, f); throw; } } private async Task N(FileInfo i, FileStream f) { await RunAsync(); f.Close(); i.Delete(); }")]
    [InlineData("async Task M(FileInfo? i) { await using var f = i?.Open(FileMode.Create); await N(f); } private async Task N(FileStream? f) { await RunAsync(); f?.Close(); }")]
    [InlineData("async Task M(string p, byte[] b, bool all) { await using var f = File.Create(p); await N(f, b, all); } private async Task N(FileStream f, byte[] b, bool all) { if (all) { await f.WriteAsync(b); return; } f.Close(); await RunAsync(); }")]
    [InlineData("async Task M(string p, byte[] b, bool all) { var f = File.Create(p); if (!all) { f.Dispose(); return; } await f.WriteAsync(b); await f.DisposeAsync(); }")]
    [InlineData("async Task M(string p) { FileStream? f = null; while (f == null) { try { f = new FileStream(p, FileMode.CreateNew); } catch (IOException) { await Task.Delay(9); } } await RunAsync(); f.Dispose(); }")]
    [InlineData("async Task M(string p, bool a) { var f = a ? File.Create(p) : null; await N(f, 1); await N(null, 2); } private async Task N(Stream? f, int n) { await RunAsync(); f?.Dispose(); }")]
    public Task File_ThatIsOnlyClaimed_IsSilent(string source) => Silent(source + Claims);

    [Theory]
    [InlineData("async Task M(string p, byte[] b) { var f = File.Create(p); await f.WriteAsync(b); try { await RunAsync(); } finally { [|f.Close()|]; } }")]
    [InlineData("async Task M(string p, byte[] b) { var f = File.Create(p); for (var i = 0; i < 3; i++) { if (i == 2) [|f.Close()|]; else await f.WriteAsync(b); } }")]
    [InlineData("async Task M(string p, byte[] b) { await using var f = File.Create(p); await f.WriteAsync(b); await N(f); } private async Task N(FileStream f) { await RunAsync(); [|f.Close()|]; }")]
    [InlineData("async Task M(string p, FileStream g) { await using var f = File.Create(p); await N(f); await N(g); } private async Task N(FileStream f) { await RunAsync(); [|f.Close()|]; }")]
    [InlineData("async Task M(string p) { await using var f = File.Create(p); Func<FileStream, Task> n = N; await n(f); await N(f); } private async Task N(FileStream f) { await RunAsync(); [|f.Close()|]; }")]
    [InlineData("async Task M(string p) { await using var f = File.Create(p); await N(f); } public async Task N(FileStream f) { await RunAsync(); [|f.Close()|]; }")]
    [InlineData("async Task M(string p, byte[] b) { var f = File.Create(p); Action write = () => f.Write(b); await RunAsync(); write(); [|f.Dispose()|]; }")]
    [InlineData("async Task M(string p) { [|using|] var f = File.Create(p); var w = new StreamWriter(f, leaveOpen: true); await w.WriteAsync('x'); }")]
    [InlineData("async Task M(string p) { var f = File.Create(p); Keep(f); await RunAsync(); [|f.Dispose()|]; } FileStream? _f; void Keep(FileStream f) => _f = f;")]
    [InlineData("async Task M(FileStream g) { var f = g; await RunAsync(); [|f.Dispose()|]; }")]
    public Task File_ThatMayBeWritten_IsReported(string source) => Reports(source + Claims);

    private const string Opened =
        " Func<int, Task<Stream>> OpenAsync = null!; Task UseAsync(IEnumerable<Stream> s) => Task.CompletedTask;";

    // Elements of a list that are only read
    [Theory]
    [InlineData("async Task M(Stream o) { var l = new List<Stream>(); l.Add(await OpenAsync(1)); try { for (var i = 0; i < l.Count; i++) { var s = l[i]; s.Position = 0; await s.CopyToAsync(o); } } finally { l.ForEach(s => s.Dispose()); } }")]
    [InlineData("async Task M(Stream o) { var l = new List<Stream> { Stream.Null }; l.Add(await OpenAsync(1)); foreach (var s in l) await s.CopyToAsync(o); foreach (var s in l) s.Dispose(); l.Clear(); }")]
    [InlineData("async Task M(byte[] b) { var l = new[] { await OpenAsync(1) }; await l[0].ReadAsync(b); foreach (var s in l) s?.Dispose(); }")]
    [InlineData("async Task M(byte[] b) { var l = new List<Stream>(); var a = await OpenAsync(1); await a.ReadAsync(b); l.Add(a); foreach (var s in l) using (s) { } }")]
    [InlineData("async Task M(string[] p) { var l = p.Select(File.OpenRead).ToList(); await UseAsync(l); foreach (var s in l) s.Dispose(); }")]
    [InlineData("async Task M(string[] p) { var l = p.Select(x => File.OpenRead(x)).ToArray(); await UseAsync(l); foreach (var s in l) { s.Close(); } }")]
    [InlineData("async Task M(string p) { var l = new List<Stream> { File.OpenRead(p) }; l.Add(new MemoryStream()); await UseAsync(l); l.ForEach(s => s.Dispose()); }")]
    [InlineData("async Task M(string p) { var l = new List<Stream>(9); l.Add(File.OpenRead(p)); await UseAsync(l); foreach (var s in l) s?.Dispose(); }")]
    [InlineData("async Task M(string p) { Stream[] l = new Stream[] { File.OpenRead(p) }; await UseAsync(l); foreach (var s in l) using (s) await UseAsync(l); }")]
    public Task Elements_ThatAreOnlyRead_AreSilent(string source) => Silent(source + Opened);

    [Theory]
    [InlineData("async Task M(byte[] b) { var l = new List<Stream>(); l.Add(await OpenAsync(1)); await l[0].WriteAsync(b); l.ForEach(s => [|s.Dispose()|]); }")]
    [InlineData("async Task M(Stream o) { var l = new List<Stream>(); l.Add(o); await l[0].CopyToAsync(Stream.Null); await o.FlushAsync(); foreach (var s in l) [|s.Dispose()|]; }")]
    [InlineData("async Task M(Stream o) { var l = new List<Stream>(); l.Add(await OpenAsync(1)); await l[0].CopyToAsync(o); Use(l); foreach (var s in l) [|s.Dispose()|]; } void Use(List<Stream> l) { }")]
    [InlineData("async Task M() { var l = new List<Stream>(); l.Add(await OpenAsync(1)); foreach (var s in l) [|s.Dispose()|]; }")]
    [InlineData("async Task M(List<Stream> l, Stream o) { foreach (var s in l) [|s.Dispose()|]; await l[0].CopyToAsync(o); }")]
    [InlineData("async Task M(string[] p) { var l = p.Select(x => File.Create(x)).ToList(); await UseAsync(l); foreach (var s in l) [|s.Dispose()|]; }")]
    [InlineData("async Task M(string p) { var l = new List<Stream> { File.OpenRead(p) }; l.Add(File.Create(p)); await UseAsync(l); l.ForEach(s => [|s.Dispose()|]); }")]
    [InlineData("async Task M(string p) { var l = new List<Stream>(); await UseAsync(l); foreach (var s in l) [|s.Dispose()|]; }")]
    [InlineData("async Task M(string p, List<Stream> o) { var l = new List<Stream> { File.OpenRead(p) }; l = o; await UseAsync(l); foreach (var s in l) [|s.Dispose()|]; }")]
    public Task Elements_ThatMayBeWritten_AreReported(string source) => Reports(source + Opened);

    private const string Opening =
        """

        Task UseAsync(Stream s) => s.FlushAsync();
        abstract class Files { public abstract Stream Open(string path, FileMode mode, FileAccess access, FileShare share = FileShare.None); }
        """;

    [Theory]
    [InlineData("async Task M(string p) { using var f = new FileStream(p, FileMode.Open); await FirstAsync(f); } async Task FirstAsync(Stream s) { await s.ReadAsync(new byte[1]); }")]
    [InlineData("async Task M(Stream s, byte[] b) { using (s) { await s.ReadAsync(b); await RestAsync(b, s); } } static async Task RestAsync(byte[] b, Stream s) => await s.ReadAsync(b);")]
    [InlineData("async Task M(Stream s) { await OuterAsync(s); s.Close(); } Task OuterAsync(Stream s) => InnerAsync(s); async Task InnerAsync(Stream s) { if (s.CanRead) await s.ReadAsync(new byte[1]); }")]
    public Task Stream_ThatAMethodOfOursOnlyReads_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M(Stream s) { [|using|] (s) { await FillAsync(s); } } async Task FillAsync(Stream s) { await s.ReadAsync(new byte[1]); s.WriteByte(1); }")]
    [InlineData("async Task M(Stream s) { [|using|] (s) { await KeepAsync(s); } } Stream? _kept; Task KeepAsync(Stream s) { _kept = s; return s.ReadAsync(new byte[1], 0, 1); }")]
    [InlineData("async Task M(Stream s) { [|using|] (s) { await AnyAsync(s); } } protected virtual Task AnyAsync(Stream s) => s.ReadAsync(new byte[1], 0, 1);")]
    [InlineData("async Task M(Stream s) { [|using|] (s) { await NoneAsync(s); } } Task NoneAsync(Stream s) => Task.CompletedTask;")]
    public Task Stream_ThatAMethodOfOursMayWrite_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData("public ValueTask DisposeAsync() { Directory.Delete(\"a\", true); return ValueTask.CompletedTask; }")]
    [InlineData("public ValueTask DisposeAsync() { if (_path is null) return default; File.Delete(_path); return new ValueTask(); }")]
    [InlineData("public ValueTask DisposeAsync() => default;")]
    [InlineData("ValueTask IAsyncDisposable.DisposeAsync() { File.Delete(\"a\"); return new(); }")]
    public Task DisposeAsync_ThatEndsAtOnce_IsSilent(string disposal) => Silent(
        $"async Task M() {{ using var t = new Temporary(); await Task.Yield(); }} "
        + $"class Temporary : IDisposable, IAsyncDisposable {{ string? _path; public void Dispose() {{ }} {disposal} }}");

    [Theory]
    [InlineData("public ValueTask DisposeAsync() { if (_path is null) return default; return new ValueTask(Task.Run(() => File.Delete(_path))); }")]
    [InlineData("public ValueTask DisposeAsync() => new(Task.Delay(1));")]
    [InlineData("public async ValueTask DisposeAsync() { await Task.Delay(1); }")]
    public Task DisposeAsync_ThatTakesTime_IsReported(string disposal) => Reports(
        $"async Task M() {{ [|using|] var t = new Temporary(); await Task.Yield(); }} "
        + $"class Temporary : IDisposable, IAsyncDisposable {{ string? _path; public void Dispose() {{ }} {disposal} }}");

    [Theory]
    [InlineData("async Task M(Stream s, byte[] b) { await s.WriteAsync(b); [|s.Close()|]; }",
        "async Task M(Stream s, byte[] b) { await s.WriteAsync(b); await s.DisposeAsync(); }")]
    [InlineData("async Task M(string p, byte[] b) { var f = new FileStream(p, FileMode.Create); await f.WriteAsync(b); [|f.Close()|]; }",
        "async Task M(string p, byte[] b) { var f = new FileStream(p, FileMode.Create); await f.WriteAsync(b); await f.DisposeAsync(); }")]
    [InlineData("async Task M(Stream s, byte[] b) { await s.FlushAsync(); await s.WriteAsync(b); [|s.Close()|]; }",
        "async Task M(Stream s, byte[] b) { await s.FlushAsync(); await s.WriteAsync(b); await s.DisposeAsync(); }")]
    [InlineData("async Task M(StreamWriter w) { await w.WriteAsync('a'); [|w.Close()|]; }",
        "async Task M(StreamWriter w) { await w.WriteAsync('a'); await w.DisposeAsync(); }")]
    public Task Close_OfAStream_IsReported(string source, string fixedSource) => Fixes(source, fixedSource);

    [Theory]
    [InlineData("async Task M(Stream s, byte[] b) { await s.ReadAsync(b); s.Close(); }")]
    [InlineData("async Task M(byte[] b) { var m = new MemoryStream(); await m.WriteAsync(b); m.Close(); }")]
    [InlineData("async Task M(string p) { var f = File.OpenRead(p); await Task.Yield(); f.Close(); }")]
    [InlineData("async Task M(StreamReader r) { await r.ReadLineAsync(); r.Close(); }")]
    [InlineData("void M(Stream s) { s.Close(); }")]
    [InlineData("async Task M(System.Diagnostics.Process p) { await p.StandardInput.WriteAsync('a'); p.StandardInput.Close(); }")]
    [InlineData(
        "class Child { readonly System.Diagnostics.Process _p = new(); public StreamWriter Input => _p.StandardInput; } async Task M(Child c) { await c.Input.WriteAsync('a'); c.Input.Close(); }")]
    [InlineData("async Task M(Stream s, byte[] b) { await s.WriteAsync(b); await s.FlushAsync().ConfigureAwait(false); s.Close(); }")]
    [InlineData("async Task M(string p) { await Task.Yield(); File.Create(p).Close(); new FileStream(p, FileMode.CreateNew).Dispose(); }")]
    [InlineData("async Task M(Own o) { await Task.Yield(); o.Close(); } class Own : MemoryStream { public override void Close() { } }")]
    [InlineData("async Task M(Both b) { await Task.Yield(); b.Close(); } class Both : IAsyncDisposable { public void Close() { } public async ValueTask DisposeAsync() => await Task.Delay(1); }")]
    public Task Close_WithNothingToWrite_IsSilent(string source) => Silent(source);

    // using passes over null, and so does await using; null.ConfigureAwait(false) does not.
    [Theory]
    [InlineData("static Both Open(bool b) => b ? new Both() : null;\nasync Task M() { [|using|] var x = Open(false); await WorkAsync().ConfigureAwait(false); }")]
    [InlineData("Both _x;\nasync Task M() { [|using|] (_x) await WorkAsync().ConfigureAwait(false); }")]
    public Task Resource_ThatMayBeNull_IsNotConfigured(string source) => NoFix("#nullable disable\n" + source + Members);

    // DisposeAsync is that of the base, which knows nothing of what the class disposes.
    [Theory]
    [InlineData("using var rows = new Rows();")]
    [InlineData("using (new Rows()) { }")]
    [InlineData("var rows = new Rows(); rows.Dispose();")]
    [InlineData("using var file = new TemporaryFile();")]
    public Task Dispose_ThatTheBaseKnowsNothingOf_IsSilent(string body) => Silent(
        "class Store : IDisposable, IAsyncDisposable { public virtual void Dispose() { } public virtual async ValueTask DisposeAsync() { await Task.Yield(); } } "
        + "class Rows : Store { public override void Dispose() { base.Dispose(); Console.WriteLine(1); } } "
        + "class TemporaryFile : FileStream { public TemporaryFile() : base(\"a\", FileMode.Create) { } protected override void Dispose(bool disposing) { base.Dispose(disposing); if (disposing) File.Delete(\"a\"); } } "
        + $"async Task M() {{ await Task.Yield(); {body} }}");

    [Theory]
    [InlineData("async Task M(Stream s, byte[] b) { await s.WriteAsync(b); [|s.Close()|]; s.Dispose(); }")]
    [InlineData("async Task M(Stream s, byte[] b) { await s.WriteAsync(b); [|s.Dispose()|]; s.Close(); }")]
    [InlineData("async Task M(Stream s, Stream t, byte[] b) { await s.WriteAsync(b); [|s.Dispose()|]; [|t.Dispose()|]; }")]
    [InlineData("async Task M(Stream s, byte[] b) { [|s.Close()|]; s = File.Create(\"a\"); await s.WriteAsync(b); [|s.Dispose()|]; }")]
    [InlineData("async Task M(Stream s, byte[] b, bool x) { await s.WriteAsync(b); if (x) [|s.Close()|]; [|s.Dispose()|]; }")]
    public Task SecondClose_IsNotReported(string source) => Reports(source);

    [Theory]
    [InlineData("new FileStream(p, FileMode.Create, FileAccess.Write, FileShare.None, 0)")]
    [InlineData("new FileStream(p, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, useAsync: true)")]
    [InlineData("new FileStream(p, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 })")]
    [InlineData("File.Open(p, new FileStreamOptions { Access = FileAccess.Write, BufferSize = 1 })")]
    [InlineData("File.Create(p, bufferSize: 1)")]
    [InlineData("new FileStream(p, new FileStreamOptions { Access = FileAccess.Read })")]
    [InlineData("File.Open(p, o)")]
    public Task FileWithoutABuffer_IsSilent(string open) => Silent(
        "async Task M(string p, byte[] b) { var o = new FileStreamOptions { Access = FileAccess.Write, BufferSize = 0 }; "
        + $"using var f = {open}; await f.WriteAsync(b); }}");

    [Theory]
    [InlineData("new FileStream(p, FileMode.Create, FileAccess.Write, FileShare.None, 4096)")]
    [InlineData("new FileStream(p, FileMode.Create, FileAccess.Write, FileShare.None, n)")]
    [InlineData("new FileStream(p, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write })")]
    [InlineData("new FileStream(p, new FileStreamOptions { Access = FileAccess.ReadWrite, BufferSize = n })")]
    [InlineData("File.Open(p, o)")]
    [InlineData("File.Create(p, 2)")]
    public Task FileWithABuffer_IsReported(string open) =>
        Reports($"async Task M(string p, byte[] b, int n, FileStreamOptions o) {{ [|using|] var f = {open}; await f.WriteAsync(b); }}");
}
