using System.Threading.Tasks;
using AsyncGuard.Fixes.Resources;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Resources;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Resources;

public sealed partial class SynchronousDisposeTests : RuleTest<SynchronousDisposeAnalyzer, SynchronousDisposeFix>
{
    private const string Members =
        "\nclass Both : IDisposable, IAsyncDisposable { public void Dispose() { } public async ValueTask DisposeAsync() => await Task.Yield(); public Task UseAsync() => Task.CompletedTask; } "
        + "interface IBoth : IDisposable, IAsyncDisposable { } Task WorkAsync() => Task.CompletedTask;";

    private static RuleTestOptions DependencyInjection =>
        RuleTestOptions.Default with { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.Extensions.DependencyInjection"] };

    [Theory]
    [InlineData("async Task M() { [|using|] var x = new Both(); await x.UseAsync(); }")]
    [InlineData("async Task M() { [|using|] (var x = new Both()) { await x.UseAsync(); } }")]
    [InlineData("async Task M() { [|using|] (new Both()) await WorkAsync(); }")]
    [InlineData("async Task M(Both x) { [|using|] (x) await WorkAsync(); }")]
    [InlineData(
        "async Task M(Stream s) { [|using|] var w = System.Xml.XmlWriter.Create(s, new() { Async = true }); await w.FlushAsync(); }")]
    [InlineData("async Task M(Both x) { await WorkAsync(); [|x.Dispose()|]; }")]
    [InlineData("async Task M(Both? x) { await WorkAsync(); x?[|.Dispose()|]; }")]
    [InlineData("async Task M(Both x) { try { await WorkAsync(); } finally { [|x.Dispose()|]; } }")]
    [InlineData("async Task M() { [|using|] var f = File.OpenWrite(\"x\"); await f.WriteAsync(new byte[1]); }")]
    [InlineData("async Task M() { [|using|] var w = new StreamWriter(\"x\"); await w.WriteAsync(\"y\"); }")]
    [InlineData("async Task M(Stream s) { [|using|] (s) { await s.FlushAsync(); } }")]
    [InlineData(
        "async Task M(Stream s) { [|using|] var z = new System.IO.Compression.GZipStream(s, System.IO.Compression.CompressionMode.Compress); await z.FlushAsync(); }")]
    [InlineData("async Task M(IBoth x) { [|using|] (x) { await WorkAsync(); } }")]
    [InlineData("Task M() { [|using|] var x = new Both(); return WorkAsync(); }")]
    [InlineData("async Task M() { [|using|] (var a = new Both()) [|using|] (var b = new Both()) { await WorkAsync(); } }")]
    [InlineData("async IAsyncEnumerable<int> M() { [|using|] var x = new Both(); await WorkAsync(); yield return 1; }")]
    [InlineData("void M() { Func<Task> f = async () => { [|using|] var x = new Both(); await WorkAsync(); }; }")]
    [InlineData(
        "class D : IAsyncDisposable { Stream s = null!; public async ValueTask DisposeAsync() { await Task.Yield(); [|s.Dispose()|]; } }")]
    [InlineData("async Task M() { using (var c = new HttpClient()) { [|using|] var f = File.Create(\"x\"); await f.WriteAsync(new byte[1]); } }")]
    [InlineData("async Task M() { [|using|] Stream s = File.OpenWrite(\"x\"); await s.WriteAsync(new byte[1]); }")]
    [InlineData("async Task M<T>(T x) where T : IDisposable, IAsyncDisposable { [|using|] (x) { await WorkAsync(); } }")]
    [InlineData("async Task M<T>(T x) where T : class, IBoth { await WorkAsync(); [|x.Dispose()|]; }")]
    [InlineData("class Late : Both { } async Task M() { [|using|] var x = new Late(); await WorkAsync(); }")]
    public Task SynchronousDispose_InAsyncCode_IsReported(string source) => Reports(source + Members);

    [Theory]
    [InlineData("async Task M(IServiceProvider p) { [|using|] var scope = p.CreateScope(); await Task.Yield(); }")]
    [InlineData("async Task M(IServiceScopeFactory f) { [|using|] (var scope = f.CreateScope()) { await Task.Yield(); } }")]
    [InlineData("async Task M(IServiceProvider p) { [|using|] var scope = p.CreateAsyncScope(); await Task.Yield(); }")]
    [InlineData("async Task M(ServiceCollection s) { [|using|] var p = s.BuildServiceProvider(); await Task.Yield(); }")]
    public Task Scope_DisposedSynchronously_IsReported(string source) => Reports(source, DependencyInjection);

    [Theory]
    [InlineData("async Task M() { await using var x = new Both(); await x.UseAsync(); }")]
    [InlineData("async Task M() { await using (var x = new Both()) { await x.UseAsync(); } }")]
    [InlineData("async Task M(Both x) { await WorkAsync(); await x.DisposeAsync(); }")]
    [InlineData("void M() { using var x = new Both(); }")]
    [InlineData("void M(Both x) { x.Dispose(); }")]
    [InlineData("async Task M(Both x) { await WorkAsync(); Action a = () => x.Dispose(); }")]
    [InlineData("async Task M() { using var c = new HttpClient(); await WorkAsync(); }")]
    [InlineData("async Task M(IDisposable d) { using (d) await WorkAsync(); }")]
    [InlineData("async Task M(Both x, bool isAsync) { if (isAsync) await x.DisposeAsync(); else x.Dispose(); }")]
    [InlineData(
        "class D : IDisposable, IAsyncDisposable { public void Dispose() { } public async ValueTask DisposeAsync() { await Task.Yield(); Dispose(); } }")]
    [InlineData("class D : Both { public async Task CloseAsync() { await Task.Yield(); base.Dispose(); } }")]
    public Task OtherDisposals_AreSilent(string source) => Silent(source + Members);

    [Theory]
    [InlineData("async Task M() { using var s = new MemoryStream(); await WorkAsync(); }")]
    [InlineData("async Task M() { using Stream s = new MemoryStream(); await WorkAsync(); }")]
    [InlineData("async Task M() { using var s = new MemoryStream(); using var w = new StreamWriter(s); await WorkAsync(); }")]
    [InlineData("async Task M() { using var w = new StringWriter(); await WorkAsync(); }")]
    [InlineData("async Task M(Stream s) { using var w = new BinaryWriter(s); w.Write(1); await WorkAsync(); }")]
    [InlineData(
        "async Task M(MemoryStream s) { using (var z = new System.IO.Compression.GZipStream(s, System.IO.Compression.CompressionMode.Compress)) { await WorkAsync(); } }")]
    public Task Memory_IsSilent(string source) => Silent(source + Members);

    [Theory]
    [InlineData("async Task M(System.Net.Sockets.Socket s) { using var n = new System.Net.Sockets.NetworkStream(s); await WorkAsync(); }")]
    [InlineData("async Task M(System.Data.Common.DbConnection c) { using var command = c.CreateCommand(); await WorkAsync(); }")]
    [InlineData("async Task M(System.Data.Common.DbConnection c) { using (c) await WorkAsync(); }")]
    [InlineData(
        "class Raw : Stream { public override bool CanRead => true; public override bool CanSeek => true; public override bool CanWrite => true; public override long Length => 0; public override long Position { get; set; } public override void Flush() { } public override int Read(byte[] b, int o, int c) => 0; public override long Seek(long o, SeekOrigin w) => 0; public override void SetLength(long v) { } public override void Write(byte[] b, int o, int c) { } } async Task M() { using var r = new Raw(); await WorkAsync(); }")]
    [InlineData(
        "class Lazy : IDisposable, IAsyncDisposable { public void Dispose() { } public ValueTask DisposeAsync() { Dispose(); return default; } } async Task M() { using var x = new Lazy(); await WorkAsync(); }")]
    [InlineData("async Task M(CancellationToken t) { using var r = t.Register(() => { }); await WorkAsync(); }")]
    [InlineData("async Task M() { using var t = new Timer(_ => { }); await WorkAsync(); }")]
    [InlineData("async Task M(Stream s) { using var w = System.Xml.XmlWriter.Create(s); await WorkAsync(); }")]
    public Task DisposeAsync_WithNothingToWaitFor_IsSilent(string source) => Silent(source + Members);

    [Theory]
    [InlineData("async Task M() { [|using|] var x = new Both(); await x.UseAsync(); }",
        "async Task M() { await using var x = new Both(); await x.UseAsync(); }")]
    [InlineData("async Task M() { [|using|] (var x = new Both()) { await x.UseAsync(); } }",
        "async Task M() { await using (var x = new Both()) { await x.UseAsync(); } }")]
    [InlineData("async Task M(Both x) { [|using|] (x) await WorkAsync(); }", "async Task M(Both x) { await using (x) await WorkAsync(); }")]
    [InlineData("async Task M(Both x) { await WorkAsync(); [|x.Dispose()|]; }",
        "async Task M(Both x) { await WorkAsync(); await x.DisposeAsync(); }")]
    [InlineData("async Task M() { [|using|] (var a = new Both()) [|using|] (var b = new Both()) { await WorkAsync(); } }",
        "async Task M() { await using (var a = new Both()) await using (var b = new Both()) { await WorkAsync(); } }")]
    [InlineData("Task M() { [|using|] var x = new Both(); return Task.CompletedTask; }",
        "async Task M() { await using var x = new Both(); }")]
    [InlineData("async Task M(Both x) { await WorkAsync().ConfigureAwait(false); [|x.Dispose()|]; }",
        "async Task M(Both x) { await WorkAsync().ConfigureAwait(false); await x.DisposeAsync().ConfigureAwait(false); }")]
    [InlineData("async Task M(Both x) { [|using|] (x) await WorkAsync().ConfigureAwait(false); }",
        "async Task M(Both x) { await using (x.ConfigureAwait(false)) await WorkAsync().ConfigureAwait(false); }")]
    public Task SynchronousDispose_BecomesAwaited(string source, string fixedSource) => Fixes(source + Members, fixedSource + Members);

    [Fact]
    public Task Using_KeepsComments() => Fixes(
        """
        async Task M()
        {
            // the file
            [|using|] var file = File.Create("x"); // to write to

            [|using|] (var other = File.Create("y")) // and another
            [|using|] (var third = File.Create("z"))
            {
                await other.FlushAsync();
                await third.FlushAsync();
            }

            await file.FlushAsync();
        }
        """,
        """
        async Task M()
        {
            // the file
            await using var file = File.Create("x"); // to write to

            await using (var other = File.Create("y")) // and another
            await using (var third = File.Create("z"))
            {
                await other.FlushAsync();
                await third.FlushAsync();
            }

            await file.FlushAsync();
        }
        """);

    [Fact]
    public Task Using_WhereConfigureAwaitIsUsed_UsesItToo() => Fixes(
        """
        async Task M(Stream s)
        {
            // the file
            [|using|] var file = File.Create("x"); // to write to
            await s.CopyToAsync(file).ConfigureAwait(false);

            [|using|] (var other = File.Create("y"))
            {
                await s.CopyToAsync(other).ConfigureAwait(false);
            }
        }
        """,
        """
        async Task M(Stream s)
        {
            // the file
            var file = File.Create("x");
            await using var fileDisposal = file.ConfigureAwait(false); // to write to
            await s.CopyToAsync(file).ConfigureAwait(false);

            var other = File.Create("y");
            await using (other.ConfigureAwait(false))
            {
                await s.CopyToAsync(other).ConfigureAwait(false);
            }
        }
        """);

    [Theory]
    [InlineData("async Task M(IServiceProvider p) { [|using|] var scope = p.CreateScope(); await Task.Yield(); }",
        "async Task M(IServiceProvider p) { await using var scope = p.CreateAsyncScope(); await Task.Yield(); }")]
    [InlineData("async Task M(IServiceScopeFactory f) { [|using|] (var scope = f.CreateScope()) { await Task.Yield(); } }",
        "async Task M(IServiceScopeFactory f) { await using (var scope = f.CreateAsyncScope()) { await Task.Yield(); } }")]
    public Task CreateScope_BecomesCreateAsyncScope(string source, string fixedSource) => Fixes(source, fixedSource, DependencyInjection);

    [Theory]
    [InlineData("async Task M(Both? x) { await WorkAsync(); x?[|.Dispose()|]; }")]
    [InlineData("async Task M(Both x) { await WorkAsync(); [|((IDisposable)x).Dispose()|]; }")]
    [InlineData("async Task M(Both x) { await WorkAsync(); lock (x) { [|x.Dispose()|]; } }")]
    [InlineData(
        "class E : IDisposable, IAsyncDisposable { public void Dispose() { } async ValueTask IAsyncDisposable.DisposeAsync() => await Task.Yield(); } async Task M(E x) { await WorkAsync(); [|x.Dispose()|]; }")]
    [InlineData("async Task M() { using (new HttpClient()) [|using|] (var x = new Both()) await WorkAsync().ConfigureAwait(false); }")]
    [InlineData("Task<int> M(out int n) { [|using|] var x = new Both(); n = 1; return Task.FromResult(1); }")]
    // What is disposed would be so after the work, not before.
    [InlineData("Task M() { [|using|] var x = new Both(); return WorkAsync(); }")]
    public Task SynchronousDispose_WhereAwaitIsNot_OffersNoFix(string source) => NoFix(source + Members);

    [Theory]
    [InlineData("[|using|] IServiceScope scope = p.CreateScope(); await Task.Yield();",
        "await using AsyncServiceScope scope = p.CreateAsyncScope(); await Task.Yield();")]
    [InlineData("[|using|] (IServiceScope scope = p.CreateScope()) await Task.Yield();",
        "await using (AsyncServiceScope scope = p.CreateAsyncScope()) await Task.Yield();")]
    [InlineData("[|using|] Microsoft.Extensions.DependencyInjection.IServiceScope s = p.CreateScope(); await Task.Yield();",
        "await using Microsoft.Extensions.DependencyInjection.AsyncServiceScope s = p.CreateAsyncScope(); await Task.Yield();")]
    public Task ExplicitScopeType_BecomesThatOfTheAsyncScope(string body, string expected) => Fixes(
        $"async Task M(IServiceProvider p) {{ {body} }}", $"async Task M(IServiceProvider p) {{ {expected} }}", DependencyInjection);

    [Fact]
    public Task OldLanguage_OffersNoFix() => NoFix(
        "async Task M() { [|using|] (var f = File.Create(\"x\")) { await f.FlushAsync(); } }",
            RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task NetStandard_WithoutTheInterface_IsSilent() => Silent(
        "async Task M() { using (var f = File.Create(\"x\")) { await f.FlushAsync(); } }",
            RuleTestOptions.Default with { References = ReferenceSet.NetStandard20 });
}
