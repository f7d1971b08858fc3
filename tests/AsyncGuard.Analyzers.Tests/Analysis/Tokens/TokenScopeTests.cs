using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Tokens;

/// <summary>Which tokens the call of <c>Here()</c> can name, best first.</summary>
public sealed class TokenScopeTests
{
    [Theory]
    [InlineData("void M() { Here(); }", "")]
    [InlineData("void M(CancellationToken a, CancellationToken b) { Here(); }", "a b")]
    [InlineData("void M(CancellationTokenSource source, CancellationToken a) { Here(); }", "a source.Token")]
    [InlineData("void M(CancellationTokenSource source) { source.Cancel(); Here(); }", "")]
    [InlineData("void M(CancellationToken? a) { Here(); }", "a.GetValueOrDefault()")]
    [InlineData("void M(Func<CancellationToken> f) { var a = f(); { var b = f(); Here(); } var c = f(); }", "b a")]
    [InlineData("void M(Func<CancellationToken> f) { var a = f(); var b = f(); Here(); }", "b a")]
    [InlineData("void M(CancellationToken a) { using var s = CancellationTokenSource.CreateLinkedTokenSource(a); Here(); }", "s.Token a")]
    [InlineData("void M(CancellationToken a) { using var s = new CancellationTokenSource(); Here(); }", "a")]
    [InlineData("void M(CancellationToken a) { Action<CancellationToken> f = b => Here(); }", "b")]
    [InlineData("void M(CancellationToken a) { Array.ForEach(new[] { 1 }, x => Here()); }", "a")]
    [InlineData("void M(CancellationToken a) { Action f = () => Here(); }", "")]
    [InlineData("void M(CancellationToken a) { L(); void L() => Here(); }", "a")]
    [InlineData("void M(CancellationToken a) { L(a); void L(CancellationToken b) => Here(); }", "b")]
    [InlineData("void M(CancellationToken a) { Action f = L; void L() => Here(); }", "")]
    [InlineData("CancellationToken _t; readonly CancellationTokenSource _s = new(); void M(CancellationToken a) { Here(); }",
        "a _t _s.Token")]
    [InlineData("CancellationToken _t; static void M() { Here(); }", "")]
    [InlineData("CancellationToken _t; void M(int _t) { Here(); }", "")]
    [InlineData("CancellationToken t; void M() { Here(); int t = 1; }", "")]
    [InlineData("CancellationToken Stop { get; set; } void M() { Here(); }", "Stop")]
    [InlineData("internal CancellationToken Stop { get; set; } void M() { Here(); }", "")]
    [InlineData("public CancellationToken Stop { get; private set; } void M() { Here(); }", "Stop")]
    [InlineData("CancellationTokenSource? _s; void M() { Here(); }", "")]
    [InlineData("void M(System.Threading.Tasks.ParallelOptions options) { Here(); }", "options.CancellationToken")]
    public void Tokens_InScope_AreFoundBestFirst(string members, string expected)
    {
        var (tokens, place, member) = Here(members);

        Assert.Equal(expected, string.Join(' ', tokens.All(place, member).Select(token => token.Expression)));
        Assert.Equal(expected.Split(' ')[0], tokens.Best(place, member)?.Expression ?? "");
    }

#if !ROSLYN_FLOOR
    // Older versions of Roslyn allocate where they list the locals of a block.
    [Fact]
    public void NoToken_InScope_AllocatesNothing()
    {
        var (tokens, place, member) = Here("int _x; void M(string a, int b) { if (b > 0) { foreach (var c in a) { Here(); } } }");
        Assert.Null(tokens.Best(place, member));

        var before = System.GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) _ = tokens.Best(place, member);
        Assert.Equal(0, System.GC.GetAllocatedBytesForCurrentThread() - before);
    }
#endif

    private static (TokenScope Tokens, IOperation Place, ISymbol? Member) Here(string members)
    {
        var compilation = AnalyzerRun.Compile(members + " static void Here() { }", RuleTestOptions.Default);
        var tree = compilation.SyntaxTrees[0];
        var model = compilation.GetSemanticModel(tree);
        var here = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Single(call => call.Expression.ToString() == "Here");
        var member = model.GetEnclosingSymbol(here.SpanStart);
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            member = member.ContainingSymbol;
        return (TokenScope.Of(GuardContext.For(compilation)), model.GetOperation(here)!, member);
    }
}
