using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Resources;

// What has nothing to write when it closes, and what hides behind another type.
public sealed partial class SynchronousDisposeTests
{
    [Theory]
    [InlineData("async Task M(string p) { using var f = File.OpenRead(p); await Task.Yield(); }")]
    [InlineData("async Task M(string p) { using var f = new FileStream(p, FileMode.Open, FileAccess.Read); await Task.Yield(); }")]
    [InlineData("async Task M(string p) { using (var f = File.Open(p, FileMode.Open, FileAccess.Read)) await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s) { using var z = new System.IO.Compression.GZipStream(s, System.IO.Compression.CompressionMode.Decompress); await Task.Yield(); }")]
    [InlineData("async Task M(Stream s) { using var z = new System.IO.Compression.ZipArchive(s); await Task.Yield(); }")]
    [InlineData("async Task M() { using var n = Stream.Null; await Task.Yield(); }")]
    [InlineData("async Task M(HttpClient c) { using (var s = await c.GetStreamAsync(\"u\").ConfigureAwait(false)) await Task.Yield(); }")]
    [InlineData("async Task M(HttpResponseMessage r) { using var s = await r.Content.ReadAsStreamAsync(); await Task.Yield(); }")]
    public Task ObjectThatOnlyReads_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("async Task M(string p) { [|using|] IDisposable f = new FileStream(p, FileMode.Create); await Task.Yield(); }")]
    [InlineData("async Task M(string p) { [|using|] var f = new FileStream(p, FileMode.Open); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Stream s) { [|using|] var z = new System.IO.Compression.GZipStream(s, System.IO.Compression.CompressionMode.Compress); await Task.Yield(); }")]
    public Task ObjectThatMayWrite_IsReported(string source) => Reports(source);
}
