using AsyncGuard.Analysis.Names;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Names;

public sealed class NameGraphTests
{
    [Fact]
    public void Callers_AreTheBodiesThatMentionTheName()
    {
        var tree = CSharpSyntaxTree.ParseText("class C { void A() => B(); void B() { } void D() { B(); B(); } }",
            cancellationToken: TestContext.Current.CancellationToken);
        var graph = new NameGraph(CSharpCompilation.Create("Test", [tree]));
        var callers = new System.Collections.Generic.List<string>();
        foreach (var place in graph.CallersOf("B")) callers.Add(graph.Bodies[place].Declared[0]);
        Assert.Equal(["A", "D"], callers);
    }
}
