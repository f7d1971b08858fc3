using System;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

public sealed class FixingTests : HarnessTest
{
    private const string Two = """string A => [|"old"|] + [|"older"|];""";
    private const string TwoFixed = """string A => "new" + "new";""";

    [Fact]
    public Task Fixes_GoodFix_Passes() => With<GoodFix>().FixesAsync(Two, TwoFixed, RuleTestOptions.Default);

    [Fact]
    public Task Fixes_FormattedCode_IsIndentedAsTheMembersAre() => With<InsertingFix>().FixesAsync(
        """
        void M()
        {
            Console.WriteLine([|"old"|]);
        }
        """,
        """
        void M()
        {
            if (DateTime.Now.Ticks > 0)
            {
                Console.WriteLine();
            }
        }
        """,
        RuleTestOptions.Default);

#if !ROSLYN_FLOOR
    // C# 13 finds this only when it generates code; C# 11 does not allow the span to begin with.
    [Fact]
    public Task Fixes_AwaitAcrossASpan_DoesNotCompile() => Fails(
        () => With<AwaitingFix>().FixesAsync(
            """async Task<int> M() { ReadOnlySpan<char> a = "a"; var b = [|"old"|]; return a.Length; }""",
            """async Task<int> M() { ReadOnlySpan<char> a = "a"; var b = await Task.FromResult("new"); return a.Length; }""",
            RuleTestOptions.Default),
        "Errors of the fixed code",
        "CS4007");
#endif

    [Fact]
    public Task Fixes_OtherResult_FailsWithTheLines() => Fails(
        () => With<GoodFix>().FixesAsync(Two, """string A => "new";""", RuleTestOptions.Default),
        "content of '/0/Test0.cs' did not match",
        "-    string A => \"new\";",
        "+    string A => \"new\" + \"new\";");

    [Fact]
    public Task Fixes_UnmarkedSource_Fails() =>
    Fails(() => With<GoodFix>().FixesAsync("""string A => "old";""", TwoFixed, RuleTestOptions.Default), "no markup");

    [Fact]
    public Task Fixes_NoFix_Fails() =>
    Fails(() => With<EmptyCodeFixProvider>().FixesAsync(Two, TwoFixed, RuleTestOptions.Default), "content of '/0/Test0.cs' did not match");

    [Fact]
    public Task Fixes_EndlessFix_Fails() =>
    Fails(() => With<EndlessFix>().FixesAsync(Two, TwoFixed, RuleTestOptions.Default), "content of '/0/Test0.cs' did not match");

    [Fact]
    public Task Fixes_IdleFix_Fails() =>
    Fails(() => With<IdleFix>().FixesAsync(Two, TwoFixed, RuleTestOptions.Default), "content of '/0/Test0.cs' did not match");

    [Fact]
    public Task Fixes_BreakingFix_Fails() => Fails(
        () => With<BreakingFix>().FixesAsync("""string A => [|"old"|];""", "string A => nowhere;", RuleTestOptions.Default),
        "Diagnostics of fixed state",
        "CS0103");

    [Fact]
    public Task Fixes_WarningThatTheFixAdds_Fails() => Fails(
        () => With<NullingFix>().FixesAsync("""string A => [|"old"|];""", "string A => null;", RuleTestOptions.Default),
        "Warnings that the fix adds",
        "CS8603");

    [Fact]
    public Task Fixes_WarningThatWasThereBefore_Passes() =>
        With<GoodFix>()
        .FixesAsync("""string A => null; string B => [|"old"|];""", """string A => null; string B => "new";""", RuleTestOptions.Default);

    [Fact]
    public Task Fixes_MalformedTree_Fails() => Fails(
        () => With<MisnamingFix>()
            .FixesAsync("""string A => [|"old"|];""", """string A => string.Concat("new");""",
            RuleTestOptions.Default with { SkipFixAll = true }),
        "IdentifierName");

    [Fact]
    public Task Fixes_MarkedCompilerErrorInTheFixedCode_Passes() =>
        With<BreakingFix>().FixesAsync("""string A => [|"old"|];""", "string A => {|CS0103:nowhere|};", RuleTestOptions.Default);

    [Fact]
    public Task Fixes_RemainingDiagnostic_HasToBeMarked() => Fails(
        () => With<StepwiseFix>()
            .FixesAsync("""string A => [|"old"|];""", """string A => "older";""", RuleTestOptions.Default with { FixIterations = 1 }),
        "Diagnostics of fixed state",
        "TST0001");

    [Fact]
    public async Task Fixes_RemainingDiagnostic_Marked_Passes()
    {
        await With<StepwiseFix>()
            .FixesAsync("""string A => [|"old"|];""", """string A => [|"older"|];""", RuleTestOptions.Default with { FixIterations = 1 });
        await Fails(
            () => With<GoodFix>()
                .FixesAsync("""string A => [|"old"|];""", """string A => "new";""", RuleTestOptions.Default with { FixIterations = 2 }),
            "Expected '2' iterations but found '1' iterations");
    }

    [Fact]
    public async Task Fixes_FixAllInTwoSteps_HasToBeStated()
    {
        const string source = """string A => [|"old"|];""", fixedSource = """string A => "new";""";

        await Fails(() => With<StepwiseFix>().FixesAsync(source, fixedSource, RuleTestOptions.Default), "Fix all in document");
        await With<StepwiseFix>().FixesAsync(source, fixedSource, RuleTestOptions.Default with { FixAllIterations = 2 });
        await With<StepwiseFix>().FixesAsync(source, fixedSource, RuleTestOptions.Default with { SkipFixAll = true });
        await Fails(() => With<GoodFix>().FixesAsync(source, fixedSource, RuleTestOptions.Default with { FixAllIterations = 2 }),
            "Expected '2' iterations but found '1' iterations");
    }

    [Fact]
    public async Task Fixes_FixAllThatDiffers_Fails()
    {
        await Fails(() => With<CarelessFixAllFix>().FixesAsync(Two, TwoFixed, RuleTestOptions.Default), "Fix all in project");
        await With<CarelessFixAllFix>().FixesAsync(Two, TwoFixed, RuleTestOptions.Default with { SkipFixAll = true });
    }

    [Fact]
    public async Task Fixes_OtherFilesAndProjects_AreFixed()
    {
        var options = RuleTestOptions.Default with
        {
            OtherFiles =
            [
                ("E.cs", """static class E { public const string Text = [|"old"|]; }"""),
                ("G.cs", """static class G { public const string Text = "good"; }"""),
            ],
            FixedOtherFiles = [("E.cs", """static class E { public const string Text = "new"; }""")],
            ReferencedProjects =
            [
                new("Lib", [("F.cs", """public static class F { public const string Text = [|"old"|]; }""")])
                {
                    FixedFiles = [("F.cs", """public static class F { public const string Text = "new"; }""")],
                },
            ],
        };

        await With<GoodFix>()
            .FixesAsync("""string A => E.Text + F.Text + G.Text + [|"old"|];""", """string A => E.Text + F.Text + G.Text + "new";""",
            options);
        await Fails(
            () => With<GoodFix>()
                .FixesAsync("""string A => E.Text + F.Text + G.Text + [|"old"|];""", """string A => E.Text + F.Text + G.Text + "new";""",
                options with { FixedOtherFiles = [] }),
            "/0/E.cs");
    }

    [Fact]
    public async Task Fixes_ChosenAction_IsApplied()
    {
        const string source = """string A => [|"old"|];""", fixedSource = """string A => "";""";
        var note = RuleTestOptions.Default with { FixedOtherFiles = [("Note.cs", "// old\n")] };

        await With<TwoWaysFix>().FixesAsync(source, fixedSource, RuleTestOptions.Default);
        await With<TwoWaysFix>().FixesAsync(source, fixedSource, note with { ActionIndex = 1 });
        await With<TwoWaysFix>().FixesAsync(source, fixedSource, note with { ActionKey = "note" });
        await Fails(() => With<TwoWaysFix>().FixesAsync(source, fixedSource, RuleTestOptions.Default with { ActionIndex = 1 }),
            "documents");
        await Fails(() => With<TwoWaysFix>().FixesAsync(source, fixedSource, RuleTestOptions.Default with { ActionIndex = 2 }),
            "did not match");
    }

    [Fact]
    public Task Fixes_Configured_ReachesTheAnalyzer() => With<GoodFix>().FixesAsync(
        """string A => [|"young"|] + "old";""",
        """string A => "new" + "old";""",
        RuleTestOptions.Default with
        {
            EditorConfig = RuleTestOptions.Default.EditorConfig.Add("literal", "young"),
            GlobalConfig = RuleTestOptions.Default.GlobalConfig.Add("build_property.Literal", "none"),
        });

    [Fact]
    public Task Fixes_GlobalConfigAndSeverity_ReachTheAnalyzer() => With<GoodFix>().FixesAsync(
        """string A => [|"young"|] + "old";""",
        """string A => "new" + "old";""",
        RuleTestOptions.Default with
        {
            AdditionalFiles = [("beginning.txt", "young")],
            GlobalConfig = RuleTestOptions.Default.GlobalConfig.Add("dotnet_diagnostic.TST0001.severity", "suggestion"),
        });

    [Fact]
    public async Task NoFix_Offered_Fails()
    {
        await With<EmptyCodeFixProvider>().NoFixAsync(Two, RuleTestOptions.Default);
        await Fails(() => With<GoodFix>().NoFixAsync(Two, RuleTestOptions.Default), "\"Say new\" is offered");
        await Fails(() => With<EmptyCodeFixProvider>().NoFixAsync("""string A => "new";""", RuleTestOptions.Default), "no markup");
    }

    [Fact]
    public async Task Offers_OtherTitles_Fails()
    {
        await With<TwoWaysFix>().OffersAsync(Two, ["Say nothing", "Write it down"], RuleTestOptions.Default);
        await Fails(() => With<TwoWaysFix>().OffersAsync(Two, ["Say nothing"], RuleTestOptions.Default), "+ Write it down");
        await Fails(() => With<TwoWaysFix>().OffersAsync(Two, ["Write it down", "Say nothing"], RuleTestOptions.Default),
            "- Write it down");
        await Fails(() => With<EmptyCodeFixProvider>().OffersAsync(Two, [], RuleTestOptions.Default), "fixes none");
    }

    [Fact]
    public async Task FixRun_ListsAndAppliesActions()
    {
        var run = FixRun.Start([new OldLiteralAnalyzer()], new TwoWaysFix(), """string A => "old";""", RuleTestOptions.Default);
        var diagnostic = Assert.Single(await run.GetDiagnosticsAsync());
        var actions = await run.GetActionsAsync(diagnostic);

        var next = await run.ApplyAsync(actions[1]);

        Assert.Equal("string A => \"\";", await next.GetSourceAsync());
        Assert.Empty(await next.GetDiagnosticsAsync());
        Assert.Equal("string A => \"old\";", await run.GetSourceAsync());
    }

    [Fact]
    public async Task AnalyzerRun_BrokenCode_GivesOnlyTheAnalyzersDiagnostics()
    {
        const string source = """string A = "old" + nowhere; void M( {""";

        var diagnostics =
            await AnalyzerRun.GetDiagnosticsAsync([new OldLiteralAnalyzer(), new QuietAnalyzer()], source, RuleTestOptions.Default);

        Assert.Equal(["TST0001", "TST0002"], Array.ConvertAll([.. diagnostics], diagnostic => diagnostic.Id));
        Assert.NotEmpty(AnalyzerRun.GetCompilerErrors(source, RuleTestOptions.Default));
    }
}
