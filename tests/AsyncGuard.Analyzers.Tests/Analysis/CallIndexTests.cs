using System.Linq;
using AsyncGuard.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis;

public sealed class CallIndexTests
{
    private static readonly MetadataReference[] CoreLibrary = [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)];

    [Theory]
    [InlineData("void Load() => Decode(); void Decode() => Thread.Sleep(1);", "Load Decode")]
    [InlineData("void Load() => Decode(); void Decode() { } void Other() => Thread.Sleep(1);", "Other")]
    [InlineData("int P => Load(); int Load() { Thread.Sleep(1); return P; }", "P Load")]
    [InlineData("void Load() { void Local() => Thread.Sleep(1); }", "Load")]
    [InlineData("int _f = Get(); static int Get() { Thread.Sleep(1); return 1; }", "_f Get .ctor-C")]
    [InlineData("C() : this(1) { } C(int x) { Thread.Sleep(x); } void Make() { C c = new(); } void Other() { }", ".ctor-C Make")]
    [InlineData("static int _f = Get(); static int Get() { Thread.Sleep(1); return 1; } void Other() { C c = null; }", "_f Get .ctor-C Other")]
    [InlineData("void Load() { if (_bad) throw new C(Get()); } string Get() { Thread.Sleep(1); return null; }", "Get")]
    [InlineData("[Blocking] void Load() { } void Outer() => Load();", "Load Outer")]
    [InlineData("void Load() { using (null) { } } void Dispose() => Thread.Sleep(1);", "Load Dispose")]
    [InlineData("void Load(int x = 1) { } void Quiet() { }", "")]
    public void Names_ThatMayBlock(string members, string expected)
    {
        var tree = CSharpSyntaxTree.ParseText($"using System.Threading; class C {{ {members} }}", cancellationToken: TestContext.Current.CancellationToken);
        var index = Index(CSharpCompilation.Create("Test", [tree], CoreLibrary));
        string[] all = ["Load", "Decode", "Other", "P", "Local", "_f", "Get", ".ctor C", "Make", "Outer", "Quiet", "Dispose"];
        Assert.Equal(expected.Split(' ', System.StringSplitOptions.RemoveEmptyEntries).Order(), all.Where(index.Holds).Select(name => name.Replace(' ', '-')).Order());
    }

    [Fact]
    public void EditOfOneFile_ReadsOneFile()
    {
        var trees = Enumerable.Range(0, 50).Select(i => CSharpSyntaxTree.ParseText($"class C{i} {{ void M{i}() => M{i + 1}(); }}", cancellationToken: TestContext.Current.CancellationToken)).ToArray();
        var compilation = CSharpCompilation.Create("Test", trees, CoreLibrary);
        Assert.Equal(50, new NameGraph(compilation).TreesRead);
        Assert.Equal(0, new NameGraph(compilation.WithAssemblyName("Again")).TreesRead);

        var edited = trees[7].WithChangedText(SourceText.From("class C7 { void M7() => System.Threading.Thread.Sleep(1); }"));
        var after = compilation.ReplaceSyntaxTree(trees[7], edited);
        var graph = new NameGraph(after);
        var index = new BlockingIndex(graph, GuardContext.For(after));

        Assert.Equal(1, graph.TreesRead);
        Assert.True(index.Holds("M0"));
        Assert.False(index.Holds("M8"));
    }

    private static BlockingIndex Index(CSharpCompilation compilation) => new(new NameGraph(compilation), GuardContext.For(compilation));
}
