using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting.Behaviour;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>What <see cref="RuleTest{TAnalyzer, TFix}"/> asserts, for any analyzers and fix.</summary>
public sealed class RuleVerifier(ImmutableArray<DiagnosticAnalyzer> analyzers, CodeFixProvider fix)
{
    // Takes minutes over all programs, which wait for most of their time: not part of every run.
    private static readonly bool AsksAllRules = Environment.GetEnvironmentVariable("ASYNCGUARD_ALL_RULES") == "1";

    // Every test of a fix, in place of itself, not only those whose fix writes lines: not part of every run.
    private static readonly bool AsksLayouts = Environment.GetEnvironmentVariable("ASYNCGUARD_LAYOUTS") == "1";

    /// <summary>
    /// Whether the newest Roslyn has run the same tests: <i>Fix All</i> is then applied to the solution only, and what an action writes is
    /// run without faults only.
    /// </summary>
    public bool IsRepetition { get; init; }

    /// <summary>Whether a fix that writes lines is tried in files of other layouts too.</summary>
    public bool TriesLayouts { get; init; }

    public Task ReportsAsync(string source, RuleTestOptions options)
    {
        RequireMarkup(source, options);
        return Test(source, options).RunAsync();
    }

    public Task SilentAsync(string source, RuleTestOptions options)
    {
        if (HasMarkup(source, options)) Assert.Fail("A source with markup is not expected to be silent");
        return Test(source, options).RunAsync();
    }

    public async Task NoFixAsync(string source, RuleTestOptions options, string? key = null)
    {
        foreach (var action in (await OfferedAsync(source, options).ConfigureAwait(false)).SelectMany(actions => actions))
        {
            if (key is null || action.EquivalenceKey == key) Assert.Fail($"Expected no fix, but \"{action.Title}\" is offered");
        }
    }

    /// <summary>Every diagnostic of the fix's ids offers exactly these titles, in this order.</summary>
    public async Task OffersAsync(string source, string[] titles, RuleTestOptions options)
    {
        var offered = await OfferedAsync(source, options).ConfigureAwait(false);
        if (offered.Count == 0) Assert.Fail($"{fix.GetType().Name} fixes none of the diagnostics");
        foreach (var actions in offered)
        {
            if (!actions.Select(action => action.Title).SequenceEqual(titles))
                Assert.Fail(
                    $"Expected other titles (- expected, + offered)\n{LineDiff.Between(string.Join('\n', titles), string.Join('\n', actions.Select(action => action.Title)))}");
        }
    }

    public async Task FixesAsync(string source, string fixedSource, RuleTestOptions options)
    {
        RequireMarkup(source, options);
        if (!AsksLayouts)
        {
            var test = Test(source, options);
            CodeFixRuleTest.Fill(test.FixedState, TestSource.OfFixed(fixedSource, options), options.FixedExpected);
            await test.RunAsync().ConfigureAwait(false);
        }

        // Where a diagnostic is expected in a column, the layout moves it.
        if (TriesLayouts && (AsksLayouts || Lines(fixedSource) > Lines(source)) && source.Contains('\n')
            && options.Expected.IsEmpty && options.FixedExpected.IsEmpty)
            await FixesInLayoutsAsync(source, fixedSource, options).ConfigureAwait(false);
    }

    /// <summary>The same where files are indented by two spaces or by tabs, have other line ends, or no last one.</summary>
    public async Task FixesInLayoutsAsync(string source, string fixedSource, RuleTestOptions options)
    {
        var original = TestSource.Of(source, options);
        var showsStep = Layout.ShowsStep(original);
        foreach (var layout in Layout.Others)
        {
            var test = new CodeFixRuleTest(analyzers, fix, options with { SkipFixAll = true }, IsRepetition);
            CodeFixRuleTest.Fill(test.TestState, layout.Of(original, showsStep), options.Expected);
            CodeFixRuleTest.Fill(test.FixedState, layout.Of(TestSource.OfFixed(fixedSource, options), showsStep),
                options.FixedExpected);
            try
            {
                await test.RunAsync().ConfigureAwait(false);
            }
            catch (InvalidOperationException failure)
            {
                Assert.Fail($"With {layout.Name}: {failure.Message}");
            }
        }
    }

    /// <summary>
    /// Whatever is offered for what is marked, the program behaves as it did, but for the mends; and what is safe is offered first.
    /// </summary>
    public async Task BehavesAsync(string source, Mend[] mends, RuleTestOptions options, bool mayRefuse)
    {
        BehaviourVerifier.RequireStated(analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id)
            .Distinct(), mends);
        await ReportsAsync(source, options).ConfigureAwait(false);
        Assert.True(await VerifyActionsAsync(source, mends, options).ConfigureAwait(false) > 0 || mayRefuse, "No fix is offered");
    }

    /// <summary>The same, for a source without markup, which need not be reported.</summary>
    public Task BehavesWhateverIsReportedAsync(string source, Mend[] mends, RuleTestOptions options) =>
        VerifyActionsAsync(source, mends, options);

    private async Task<int> VerifyActionsAsync(string source, Mend[] mends, RuleTestOptions options)
    {
        var run = FixRun.Start(analyzers, fix, TestSource.Unmarked((TestSource.MainPath, source)).Text, options);
        var original = await run.GetFilesAsync().ConfigureAwait(false);
        var offered = 0;
        foreach (var diagnostic in await run.GetDiagnosticsAsync().ConfigureAwait(false))
        {
            var actions = (await run.GetActionsAsync(diagnostic).ConfigureAwait(false)).ToList();
            var titles = actions.Select(action => action.Title);
            Assert.Equal(titles.OrderBy(static title => title.EndsWith(" (review)", StringComparison.Ordinal)), titles);
            foreach (var action in actions)
            {
                offered++;
                var changed = await run.ApplyAsync(action).ConfigureAwait(false);
                var subject = $"the program after \"{action.Title}\"\n{await changed.GetSourceAsync().ConfigureAwait(false)}\n";
                if (AsksAllRules) await run.RequireOthersSilentAsync(changed, subject).ConfigureAwait(false);
                await BehaviourVerifier.VerifyAsync(original, await changed.GetFilesAsync().ConfigureAwait(false), mends, options, subject,
                    withFaults: !IsRepetition).ConfigureAwait(false);
            }
        }

        return offered;
    }

    private static void RequireMarkup(string source, RuleTestOptions options)
    {
        if (!HasMarkup(source, options) && options.Expected.IsEmpty) Assert.Fail("The source has no markup that says what is reported");
    }

    private static int Lines(string text) => text.Count(static character => character == '\n');

    private static bool HasMarkup(string source, RuleTestOptions options) =>
        options.OtherFiles.Concat(options.ReferencedProjects.SelectMany(project => project.Files))
            .Prepend((TestSource.MainPath, source))
            .Any(file => TestSource.Unmarked(file).Text != file.Item2);

    private CodeFixRuleTest Test(string source, RuleTestOptions options)
    {
        var test = new CodeFixRuleTest(analyzers, fix, options, IsRepetition);
        CodeFixRuleTest.Fill(test.TestState, TestSource.Of(source, options), options.Expected);
        return test;
    }

    // The fixed code is the source, so that the library asks what is offered, and expects to apply none.
    private async Task<List<ImmutableArray<CodeAction>>> OfferedAsync(string source, RuleTestOptions options)
    {
        RequireMarkup(source, options);
        var test = Test(source, options with { SkipFixAll = true, FixIterations = 0 });
        CodeFixRuleTest.Fill(test.FixedState, TestSource.Of(source, options), options.Expected);
        test.Offered = [];
        await test.RunAsync().ConfigureAwait(false);
        return test.Offered;
    }
}
