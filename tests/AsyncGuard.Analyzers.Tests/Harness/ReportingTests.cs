using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

public sealed class ReportingTests : HarnessTest
{
    private static readonly RuleVerifier Rule = With<EmptyCodeFixProvider>();

    [Fact]
    public Task Reports_WhatIsMarked_Passes() => Rule.ReportsAsync(
        """
        string A => [|"old"|];
        string B => "new" + {|TST0001:"older"|} + [|"old"|];
        """,
        RuleTestOptions.Default);

    [Fact]
    public Task Reports_MissingDiagnostic_Fails() => Fails(
        () => Rule.ReportsAsync("""string A => [|"new"|];""", RuleTestOptions.Default),
        "expected \"1\" actual \"0\"",
        "NONE");

    [Fact]
    public Task Reports_ExtraDiagnostic_Fails() => Fails(
        () => Rule.ReportsAsync("""string A => [|"old"|] + "older";""", RuleTestOptions.Default),
        "expected \"1\" actual \"2\"",
        "warning TST0001: Do not say 'older'");

    [Fact]
    public Task Reports_TwiceAtOneSpan_WantsTwoDiagnostics() => Fails(
        () => Rule.ReportsAsync("""string A => [|[|"old"|]|];""", RuleTestOptions.Default),
        "expected \"2\" actual \"1\"");

    [Fact]
    public Task Reports_WrongSpan_Fails() => Fails(
        () => Rule.ReportsAsync("""string A [|=> "old"|];""", RuleTestOptions.Default),
        "Expected diagnostic to start at column");

    [Fact]
    public Task Reports_WrongId_Fails() => Fails(
        () => Rule.ReportsAsync("""string A => {|TST0002:"old"|};""", RuleTestOptions.Default),
        "Expected diagnostic id to be \"TST0002\" was \"TST0001\"");

    [Fact]
    public Task Reports_WithoutMarkup_Fails() =>
    Fails(() => Rule.ReportsAsync("""string A => "new";""", RuleTestOptions.Default), "no markup");

    [Fact]
    public Task Reports_AmbiguousMarkup_Fails() => Fails(
        () => With<QuietAnalyzer, EmptyCodeFixProvider>().ReportsAsync("void [|M|]() { }", RuleTestOptions.Default),
        "Markup syntax can only omit the diagnostic ID");

    [Fact]
    public Task Reports_RuleThatIsOffByDefault_IsTested() =>
        With<QuietAnalyzer, EmptyCodeFixProvider>().ReportsAsync("void {|TST0002:M|}() { }", RuleTestOptions.Default);

    [Fact]
    public Task Reports_CompilerError_Fails() => Fails(
        () => Rule.ReportsAsync("""string A => [|"old"|] + nowhere;""", RuleTestOptions.Default),
        "error CS0103");

    [Fact]
    public Task Reports_ExpectedCompilerError_Passes() =>
        Rule.ReportsAsync("""string A => [|"old"|] + {|CS0103:nowhere|};""", RuleTestOptions.Default);

    [Fact]
    public async Task Reports_CompilerWarning_TakesPartOnlyIfListed()
    {
        const string source = "async Task M() { {|CS4014:Task.Delay(1)|}; await Task.Yield(); }";

        await Rule.ReportsAsync(source, RuleTestOptions.Default with { CompilerDiagnosticIds = ["CS4014"] });
        await Fails(() => Rule.ReportsAsync(source, RuleTestOptions.Default), "expected \"1\" actual \"0\"");
        await Rule.SilentAsync("async Task M() { Task.Delay(1); await Task.Yield(); }", RuleTestOptions.Default);
    }

    [Fact]
    public Task Reports_CrashingAnalyzer_FailsWithItsStack() => Fails(
        () => With<CrashingAnalyzer, EmptyCodeFixProvider>().SilentAsync("void M() { }", RuleTestOptions.Default),
        "error AD0001",
        "CrashingAnalyzer",
        "InvalidTimeZoneException",
        "on purpose");

    [Fact]
    public async Task Reports_NamedLocation_ComparesMessageAndAdditionalLocations()
    {
        const string source = """class {|#1:D|} { string A => {|#0:"old"|}; }""";
        var result = new DiagnosticResult("TST0001", DiagnosticSeverity.Warning).WithLocation(0);

        await Rule.ReportsAsync(source, RuleTestOptions.File with { Expected = [result] });
        await Rule.ReportsAsync(source, RuleTestOptions.File with { Expected = [result.WithLocation(1).WithArguments("old")] });
        await Rule.ReportsAsync(source, RuleTestOptions.File with { Expected = [result.WithMessage("Do not say 'old'")] });
        await Fails(() => Rule.ReportsAsync(source, RuleTestOptions.File with { Expected = [result.WithArguments("new")] }),
            "Expected diagnostic message arguments to match", "Do not say 'old'");
        await Fails(() => Rule.ReportsAsync(source,
            RuleTestOptions.File with { Expected = [result.WithSeverity(DiagnosticSeverity.Info)] }), "Expected diagnostic severity");
        await Fails(() => Rule.ReportsAsync(source, RuleTestOptions.File with { Expected = [result.WithLocation(0)] }),
            "Expected diagnostic to start");
        await Fails(() => Rule.ReportsAsync(source, RuleTestOptions.File with { Expected = [result.WithLocation(2)] }), "#2");
    }

    [Fact]
    public async Task Silent_Markup_Fails()
    {
        await Rule.SilentAsync("""string A => "new";""", RuleTestOptions.Default);
        await Fails(() => Rule.SilentAsync("""string A => [|"new"|];""", RuleTestOptions.Default), "markup");
        await Fails(() => Rule.SilentAsync("""string A => "old";""", RuleTestOptions.Default), "expected \"0\" actual \"1\"", "TST0001");
    }

    [Fact]
    public Task Silent_SuppressedByPragma_Passes() => Rule.SilentAsync(
        """
        #pragma warning disable TST0001
        string A => "old";
        """,
        RuleTestOptions.Default);

    [Fact]
    public Task Options_EditorConfig_ReachesTheAnalyzer() => Rule.ReportsAsync(
        """string A => [|"young"|] + "old";""",
        RuleTestOptions.Default with { EditorConfig = RuleTestOptions.Default.EditorConfig.Add("literal", "young") });

    [Fact]
    public Task Options_GlobalConfig_ReachesTheAnalyzer() => Rule.ReportsAsync(
        """string A => [|"young"|] + "old";""",
        RuleTestOptions.Default with { GlobalConfig = RuleTestOptions.Default.GlobalConfig.Add("build_property.Literal", "young") });

    [Fact]
    public Task Options_Severity_IsApplied() => Rule.SilentAsync(
        """string A => "old";""",
        RuleTestOptions.Default with
        {
            EditorConfig = RuleTestOptions.Default.EditorConfig.Add("dotnet_diagnostic.TST0001.severity",
            "none")
        });

    [Fact]
    public Task Options_AdditionalFile_ReachesTheAnalyzer() => Rule.ReportsAsync(
        """string A => [|"young"|] + "old";""",
        RuleTestOptions.Default with { AdditionalFiles = [("beginning.txt", "young")] });

    [Fact]
    public Task Options_OtherFilesAndProjects_AreAnalysed() => Rule.ReportsAsync(
        """string A => E.Text + F.Text;""",
        RuleTestOptions.Default with
        {
            OtherFiles = [("E.cs", """static class E { public const string Text = [|"old"|]; }""")],
            ReferencedProjects = [new("Lib", [("F.cs", """public static class F { public const string Text = [|"old"|]; }""")])],
        });

    [Fact]
    public Task Options_OtherFile_IsNamedInTheFailure() => Fails(
        () => Rule.SilentAsync("""string A => E.Text;""",
            RuleTestOptions.Default with { OtherFiles = [("E.cs", """static class E { public const string Text = "old"; }""")] }),
        "/0/E.cs(1,", "Do not say 'old'");

    [Fact]
    public Task Options_OtherFile_MayHoldMoreOfTheClass() => Rule.ReportsAsync(
        """string A => B + [|"old"|];""",
        RuleTestOptions.Default with { OtherFiles = [("C.cs", """partial class C { string B => [|"old"|]; }""")] });

    [Theory]
    [InlineData(ReferenceSet.Net100)]
    [InlineData(ReferenceSet.Net80)]
    [InlineData(ReferenceSet.NetStandard20)]
    [InlineData(ReferenceSet.AspNetCore)]
    public Task Options_References_Compile(ReferenceSet references) => Rule.SilentAsync(
        "async Task<int> M(Stream s, HttpClient c, List<int> l) { await c.GetAsync(\"\"); return l.Where(i => i > 0).Count() + await s.ReadAsync(new byte[1], 0, 1); }",
        RuleTestOptions.Default with { References = references });

    [Fact]
    public Task Options_AspNetCore_HasHttpContext() => Rule.SilentAsync(
        "CancellationToken M(HttpContext context) => context.RequestAborted;",
        RuleTestOptions.Default with { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.AspNetCore.Http"] });

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp8)]
    [InlineData(LanguageVersion.CSharp11)]
    public Task Options_LanguageVersion_Compiles(LanguageVersion version) => Rule.ReportsAsync(
        """string A() => [|"old"|];""",
        RuleTestOptions.Default with { LanguageVersion = version, References = ReferenceSet.NetStandard20 });

    [Fact]
    public Task Options_LanguageVersion_IsObeyed() => Fails(
        () => Rule.SilentAsync("object A() => new() as string;",
            RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3 }),
        "error CS");

    [Fact]
    public Task Options_TopLevel_IsAProgram() => Rule.ReportsAsync(
        """
        using System.Threading.Tasks;
        await Task.Yield();
        System.Console.WriteLine({|TST0001:"older"|});
        """,
        RuleTestOptions.TopLevel);
}
