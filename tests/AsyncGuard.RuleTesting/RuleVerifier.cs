using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>What <see cref="RuleTest{TAnalyzer, TFix}"/> asserts, for any analyzers and fix.</summary>
public sealed class RuleVerifier(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix)
{
    public async Task ReportsAsync(string source, RuleTestOptions options)
    {
        var test = TestCase.Create(source, options);
        RequireMarkup(test);
        DiagnosticMatcher.Verify(test, analyzers, await AnalyzerRun.GetDiagnosticsAsync(analyzers, test).ConfigureAwait(false), "source");
    }

    public async Task SilentAsync(string source, RuleTestOptions options)
    {
        var test = TestCase.Create(source, options);
        if (test.HasMarkup)
            Assert.Fail("A source with markup is not expected to be silent");
        DiagnosticMatcher.Verify(test, analyzers, await AnalyzerRun.GetDiagnosticsAsync(analyzers, test).ConfigureAwait(false), "source");
    }

    public async Task NoFixAsync(string source, RuleTestOptions options, string? key = null)
    {
        var run = await StartAsync(source, options).ConfigureAwait(false);
        foreach (var diagnostic in await run.GetDiagnosticsAsync().ConfigureAwait(false))
        {
            if ((await run.GetActionsAsync(diagnostic).ConfigureAwait(false)).FirstOrDefault(offered => key is null || offered.EquivalenceKey == key) is { } action)
                Assert.Fail($"Expected no fix for {diagnostic}, but \"{action.Title}\" is offered");
        }
    }

    /// <summary>Every diagnostic of the fix's ids offers exactly these titles, in this order.</summary>
    public async Task OffersAsync(string source, string[] titles, RuleTestOptions options)
    {
        var run = await StartAsync(source, options).ConfigureAwait(false);
        var fixable = (await run.GetDiagnosticsAsync().ConfigureAwait(false)).Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id)).ToList();
        if (fixable.Count == 0)
            Assert.Fail($"{fix.GetType().Name} fixes none of the diagnostics");
        foreach (var diagnostic in fixable)
        {
            var offered = (await run.GetActionsAsync(diagnostic).ConfigureAwait(false)).Select(action => action.Title).ToList();
            if (!offered.SequenceEqual(titles))
                Assert.Fail($"{diagnostic} offers\n{LineDiff.Between(string.Join('\n', titles), string.Join('\n', offered))}");
        }
    }

    public async Task FixesAsync(string source, string fixedSource, RuleTestOptions options)
    {
        var expected = TestCase.CreateFixed(fixedSource, options);
        var start = await StartAsync(source, options).ConfigureAwait(false);
        var end = await start.ApplyOneByOneAsync().ConfigureAwait(false);
        if (end == start)
            Assert.Fail("No fix is offered");

        var texts = await end.GetTextsAsync().ConfigureAwait(false);
        RequireEqual(expected.Files.ToImmutableSortedDictionary(file => file.Path, file => file.Markup.Text), texts, "The fixed code is not the expected one");
        DiagnosticMatcher.Verify(expected, analyzers, await end.GetDiagnosticsAsync().ConfigureAwait(false), "fixed code");
        if (!(await end.GetDiagnosticsAsync().ConfigureAwait(false)).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            && await end.GetEmitErrorsAsync().ConfigureAwait(false) is { IsEmpty: false } errors)
        {
            Assert.Fail($"The fixed code does not compile:\n{string.Join('\n', errors)}");
        }

        if (options.SkipFixAll || !start.HasFixAll)
            return;
        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution })
            await VerifyFixAllAsync(start, texts, scope, options.FixAllIterations ?? 1).ConfigureAwait(false);
    }

    private static async Task VerifyFixAllAsync(FixRun run, ImmutableSortedDictionary<string, string> expected, FixAllScope scope, int wanted)
    {
        // That the expected text has nothing left to fix is known by now: to reach it is enough.
        for (var iteration = 1; await run.FixAllAsync(scope).ConfigureAwait(false) is { } next; iteration++)
        {
            var texts = await next.GetTextsAsync().ConfigureAwait(false);
            if (texts.SequenceEqual(expected))
            {
                if (iteration != wanted)
                    Assert.Fail($"Fix All in {scope} takes {iteration} iterations, not {wanted}");
                return;
            }

            if (iteration == wanted)
                RequireEqual(expected, texts, $"Fix All in {scope} differs from fixing one by one after {iteration} iteration(s)");
            run = next;
        }

        RequireEqual(expected, await run.GetTextsAsync().ConfigureAwait(false), $"Fix All in {scope} differs from fixing one by one");
    }

    private static void RequireMarkup(TestCase test)
    {
        if (!test.HasMarkup && test.Expected.IsEmpty)
            Assert.Fail("The source has no markup that says what is reported");
    }

    private static void RequireEqual(ImmutableSortedDictionary<string, string> expected, ImmutableSortedDictionary<string, string> actual, string complaint)
    {
        foreach (var path in expected.Keys.Union(actual.Keys))
        {
            if (expected.GetValueOrDefault(path, "") is var left && actual.GetValueOrDefault(path, "") is var right && left != right)
                Assert.Fail($"{complaint} in {path} (- expected, + actual):\n{LineDiff.Between(left, right)}");
        }
    }

    private async Task<FixRun> StartAsync(string source, RuleTestOptions options)
    {
        var test = TestCase.Create(source, options);
        RequireMarkup(test);
        var run = FixRun.Start(analyzers, fix, test);
        DiagnosticMatcher.Verify(test, analyzers, await run.GetDiagnosticsAsync().ConfigureAwait(false), "source");
        return run;
    }
}
