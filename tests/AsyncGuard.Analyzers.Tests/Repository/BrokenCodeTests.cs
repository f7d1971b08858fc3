using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>An editor shows half-typed code most of the time: no analyzer and no fix may throw at it.</summary>
public sealed class BrokenCodeTests
{
    private const int Shares = 8;

    public static TheoryData<int> ShareNumbers => [.. Enumerable.Range(0, Shares)];

    [Theory]
    [MemberData(nameof(ShareNumbers))]
    public async Task Snippets_WithTokensMissingOrExchanged_CrashNothing(int share)
    {
        for (var i = share; i < SnippetCollection.All.Length; i += Shares)
            await RequireCalmAsync(Broken(SnippetCollection.All[i], seed: i), i);
    }

    // CS0157: nothing may leave a finally
    [Theory]
    [InlineData("async Task<int> M(Task<int> t) { try { await Task.Yield(); } finally { return t.Result; } return t.Result; }")]
    [InlineData("async Task M(Task t) { while (true) { try { await Task.Yield(); } finally { break; } t.Wait(); } t.Wait(); }")]
    [InlineData("async Task M(Task t) { foreach (var i in new[] { 1 }) { try { t.Wait(); } finally { if (i == 1) continue; t.Wait(); } } }")]
    [InlineData("async Task M(Task t) { first: try { try { t.Wait(); } finally { goto first; } } finally { t.Wait(); } t.Wait(); await t; }")]
    [InlineData("async Task M(Task t) { try { } finally { try { t.Wait(); } finally { return; } } t.Wait(); await t; }")]
    public Task LeavingAFinally_CrashesNothing(string member) =>
        RequireCalmAsync(["using System.Threading.Tasks;\nclass C\n{\n    " + member + "\n}\n"], 0);

    [Fact]
    public async Task OwnSources_CutOff_CrashNothing()
    {
        var sources = Checkout.SourcesBelow("src");
        for (var i = 0; i < sources.Count; i += 6)
        {
            var source = Checkout.Read(sources[i]);
            await RequireCalmAsync([source[..new Random(i).Next(source.Length)]], i);
        }
    }

    /// <summary>
    /// Cut off somewhere; a run of tokens missing; a few tokens missing here and there; a few names exchanged, so that locals, functions
    /// and types are explained by themselves and by each other.
    /// </summary>
    private static IEnumerable<string> Broken(string code, int seed)
    {
        var random = new Random(seed);
        var tokens = CSharpSyntaxTree.ParseText(code).GetRoot().DescendantTokens().ToList();
        if (tokens.Count < 4) yield break;

        yield return code[..random.Next(code.Length)];
        var run = random.Next(tokens.Count - 3);
        yield return Without(code, tokens.GetRange(run, 3));
        yield return Without(code, tokens.Where(_ => random.Next(12) == 0));
        yield return Exchanged(code, tokens, random);
    }

    private static string Exchanged(string code, List<SyntaxToken> tokens, Random random)
    {
        var names = tokens.Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).ToList();
        foreach (var name in names.Where(_ => random.Next(8) == 0).OrderByDescending(static token => token.SpanStart))
            code = code.Remove(name.SpanStart, name.Span.Length).Insert(name.SpanStart, names[random.Next(names.Count)].Text);
        return code;
    }

    private static string Without(string code, IEnumerable<SyntaxToken> tokens)
    {
        foreach (var token in tokens.OrderByDescending(token => token.SpanStart)) code = code.Remove(token.SpanStart, token.Span.Length);
        return code;
    }

    private static async Task RequireCalmAsync(IEnumerable<string> sources, int seed)
    {
        foreach (var source in sources)
        {
            var options = RulePage.OptionsFor(source) with { CompilerDiagnosticIds = ["CS4014"] };
            try
            {
                var findings = await AnalyzerRun.GetDiagnosticsAsync(RuleRow.AllAnalyzers, source, options);
                foreach (var fix in RuleRow.AllFixes.Where(fix => findings.Any(finding => fix.FixableDiagnosticIds.Contains(finding.Id))))
                {
                    var run = FixRun.Start(RuleRow.AllAnalyzers, fix, source, options);
                    foreach (var finding in await run.GetDiagnosticsAsync())
                    {
                        foreach (var action in await run.GetActionsAsync(finding)) await action.GetOperationsAsync(CancellationToken.None);
                    }
                }
            }
            catch (Exception exception)
            {
                Assert.Fail($"Snippet {seed}: {exception}\n\n{source}");
            }
        }
    }
}
