using System.IO;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <content>Sequences of packages that have a form for <c>await foreach</c> beside them; the catalog says nothing of them.</content>
public sealed partial class BlockingPrimitiveTests
{
    private const string Registry =
        """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        public interface ITags
        {
            IEnumerable<string> List(string repository);
            IAsyncEnumerable<string> ListAsync(string repository, CancellationToken token = default);
        }
        public abstract class Results<T> : IEnumerable<T>
        {
            public abstract IEnumerator<T> GetEnumerator();
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
        public abstract class AsyncResults<T> : IAsyncEnumerable<T>
        {
            public abstract IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken token = default);
        }
        public class Registry : ITags
        {
            public IEnumerable<string> List(string repository) => null!;
            public IAsyncEnumerable<string> ListAsync(string repository, CancellationToken token = default) => null!;
            public virtual Results<int> Stream(int first = 0) => null!;
            public virtual AsyncResults<int> StreamAsync(int first = 0, CancellationToken token = default) => null!;
            public IEnumerable<T> Rows<T>() => null!;
            public IAsyncEnumerable<T> RowsAsync<T>() => null!;
            public List<string> Names() => null!;
            public IAsyncEnumerable<string> NamesAsync() => null!;
            public IEnumerable<string> Other() => null!;
            public IAsyncEnumerable<int> OtherAsync() => null!;
            public IEnumerable<string> Parts(string text) => null!;
            public IAsyncEnumerable<string> PartsAsync(System.IO.Stream stream) => null!;
            public IEnumerable<string> Alone() => null!;
            public IEnumerable<string> All() => null!;
            public Task<IEnumerable<string>> AllAsync() => null!;
        }
        public static class RegistryExtensions
        {
            public static IEnumerable<string> Digests(this ITags tags, string repository) => null!;
            public static IAsyncEnumerable<string> DigestsAsync(this ITags tags, string repository) => null!;
        }
        """;

    [Theory]
    [InlineData("async Task M(Registry r) { foreach (var t in [|r.List(\"a\")|]) await Task.Yield(); }")]
    [InlineData("async Task M(ITags r) { foreach (var t in [|r.List(\"a\")|]) await Task.Yield(); }")]
    [InlineData("async Task M(ITags r) { foreach (var t in [|r.Digests(\"a\")|]) await Task.Yield(); }")]
    [InlineData("async Task M(Registry r) { foreach (var t in [|r.Stream()|]) await Task.Yield(); }")]
    [InlineData("async Task M(Registry r) { foreach (var t in [|r.Rows<int>()|]) await Task.Yield(); }")]
    [InlineData("async Task M(Registry r) { foreach (var t in [|r.Names()|]) await Task.Yield(); }")]
    [InlineData("async Task M<T>(T r) where T : ITags { foreach (object t in [|r.List(\"a\")|]) await Task.Yield(); }")]
    [InlineData("async Task M(Registry r) { foreach (var (a, b) in [|r.Rows<(int, int)>()|]) await Task.Yield(); }")]
    [InlineData("Func<Registry, Task> F() => async r => { foreach (var t in [|r.List(\"a\")|]) await Task.Yield(); };")]
    public Task SequenceOfAPackage_WithAnAsynchronousForm_IsReported(string source) => Reports(source, FromRegistry());

    [Theory]
    [InlineData("async Task M(Registry r) { await foreach (var t in r.ListAsync(\"a\")) Console.Write(t); }")]
    [InlineData("async Task M(Registry r) { foreach (var t in r.Other()) await Task.Yield(); }")]
    [InlineData("async Task M(Registry r) { foreach (var t in r.Parts(\"a\")) await Task.Yield(); }")]
    [InlineData("async Task M(Registry r) { foreach (var t in r.Alone()) await Task.Yield(); }")]
    [InlineData("async Task M(Registry r) { var all = r.List(\"a\"); await Task.Yield(); }")]
    [InlineData("async Task M(Registry r) { await Save(r.List(\"a\")); } Task Save(IEnumerable<string> s) => Task.CompletedTask;")]
    [InlineData("void M(Registry r) { foreach (var t in r.List(\"a\")) Console.Write(t); }")]
    [InlineData("async Task M(Own o) { foreach (var t in o.List()) await Task.Yield(); } class Own { public IEnumerable<int> List() => new int[1]; public IAsyncEnumerable<int> ListAsync() => null!; }")]
    public Task SequenceThatIsOnlyMade_OrHasNoAsynchronousForm_IsSilent(string source) => Silent(source, FromRegistry());

    [Fact]
    public Task SequenceOfAPackage_IsToldByTheCatalog_ToHaveNothingToWaitFor() => Silent(
        "async Task M(Registry r) { foreach (var t in r.List(\"a\")) await Task.Yield(); }",
        FromRegistry() with { AdditionalFiles = [("AsyncGuard.Registry.txt", "M:Registry.List(*); no-twin")] });

    [Fact]
    public Task SequenceOfAPackage_NamesItsAsynchronousForm() => Reports(
        "async Task M(ITags r) { foreach (var t in {|#0:r.List(\"a\")|}) await Task.Yield(); }",
        FromRegistry() with
        {
            Expected = [new DiagnosticResult("AGD0104", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("ITags.List", "", "enumerate 'ListAsync' with 'await foreach'")]
        });

    [Theory]
    [InlineData("async Task M(Store s) { var pages = s.List(); foreach (var i in [|pages|]) Console.WriteLine(i); await Task.Yield(); }")]
    [InlineData("async Task M(Pages<int> pages) { foreach (var i in [|pages|]) await Task.Delay(i); }")]
    [InlineData("Pages<int> _pages; async Task M() { foreach (var i in [|_pages|]) await Task.Delay(i); }")]
    [InlineData("Pages<int> All { get; } async Task M() { foreach (var i in [|this.All|]) await Task.Delay(i); }")]
    public Task Pages_KeptFirst_AreReported_WhereTheyAreRunThrough(string method) => Reports(method + Store, WithPages);

    [Theory]
    [InlineData("void M(Pages<int> pages) { foreach (var i in pages) Console.WriteLine(i); }")]
    [InlineData("async Task M(List<int> pages) { foreach (var i in pages) await Task.Delay(i); }")]
    [InlineData("async Task M(AsyncPages<int> pages) { await foreach (var i in pages) Console.WriteLine(i); } abstract class AsyncPages<T> : Pages<T>, IAsyncEnumerable<T> { public abstract IAsyncEnumerator<T> GetAsyncEnumerator(System.Threading.CancellationToken t = default); }")]
    public Task Pages_KeptFirst_AreSilent_InSynchronousCode_OrAwaited(string method) => Silent(method + Store, WithPages);

    [Theory]
    [InlineData("async Task M(IAsyncEnumerable<int> s) { foreach (var i in [|s.ToBlockingEnumerable()|]) Console.WriteLine(i); await Task.Yield(); }")]
    [InlineData("async Task M(IAsyncEnumerable<int> s) { var all = [|s.ToBlockingEnumerable()|].ToList(); await Task.Yield(); }")]
    public Task ToBlockingEnumerable_IsReported(string source) => Reports(source);

    [Fact]
    public Task ToBlockingEnumerable_NamesTheSequence() => Reports(
        "async Task M(IAsyncEnumerable<int> s) { foreach (var i in {|#0:s.ToBlockingEnumerable()|}) Console.Write(i); await Task.Yield(); }",
        RuleTestOptions.Default with
        {
            Expected = [new DiagnosticResult("AGD0104", DiagnosticSeverity.Warning).WithLocation(0)
            .WithArguments("TaskAsyncEnumerableExtensions.ToBlockingEnumerable", "", "enumerate 'IAsyncEnumerable' with 'await foreach'")]
        });

    [Theory]
    [InlineData("async Task M(string p) { using var f = File.Create(p); [|f.Flush(true)|]; [|f.Flush(flushToDisk: true)|]; await f.FlushAsync(); }")]
    public Task Flush_ToTheDisk_IsReported_AndHasNoCounterpart(string source) => Reports(source);

    [Theory]
    [InlineData("async Task M(FileStream f, bool d) { f.Flush(d); f.Flush(false); await Task.Yield(); }")]
    public Task Flush_ThatNeedNotReachTheDisk_IsSilent(string source) => Silent(source);

    private static RuleTestOptions FromRegistry()
    {
        var library = CSharpCompilation.Create("Registry", [CSharpSyntaxTree.ParseText(Registry)],
            RuleTesting.ReferenceAssemblies.Get(ReferenceSet.Net100),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        return RuleTestOptions.Default with
        {
            ExtraReferences = [MetadataReference.CreateFromImage(image.ToArray(), filePath: "/packages/registry/1.0.0/lib/net8.0/Registry.dll")]
        };
    }
}
