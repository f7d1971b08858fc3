using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The code on the rule pages does what the page says.</summary>
public sealed class DocExampleTests
{
    public static TheoryData<string> Ids => [.. RuleRow.All.Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Violation_OnPage_ReportsExactlyThatRule(string id)
    {
        var code = RulePage.Code(RuleRow.Of(id).Page, "Violation");
        var findings =
            await AnalyzerRun.GetDiagnosticsAsync(RuleRow.AllAnalyzers, code, RulePage.OptionsFor(RuleRow.Of(id).Page, "Violation"));

        Assert.NotEmpty(findings);
        Assert.True(findings.All(finding => finding.Id == id), string.Join('\n', findings));
        Assert.Empty(AnalyzerRun.GetCompilerErrors(code, RulePage.OptionsFor(code)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Fixed_OnPage_IsWhatTheFixWrites_AndReportsNothing(string id)
    {
        var row = RuleRow.Of(id);
        var code = RulePage.Code(row.Page, "Violation");
        var fixedCode = RulePage.Code(row.Page, "Fixed");
        Assert.NotEqual("", fixedCode);
        Assert.Empty(
            (await AnalyzerRun.GetDiagnosticsAsync(RuleRow.AllAnalyzers, fixedCode, RulePage.OptionsFor(row.Page, "Fixed"))).Where(
                finding => finding.Severity != DiagnosticSeverity.Hidden));
        Assert.Empty(AnalyzerRun.GetCompilerErrors(fixedCode, RulePage.OptionsFor(fixedCode)));

        if (row.Fix is not { } fix) return;
        var end = await FixRun.Start([row.Analyzer!], fix, code, RulePage.OptionsFor(code)).ApplyOneByOneAsync();
        var written = (await end.GetSourceAsync()).TrimEnd('\n');
        Assert.True(written == fixedCode,
            $"{row.Page}: the fix writes something else (- on the page, + by the fix)\n{LineDiff.Between(fixedCode, written)}");
    }
}
