using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AsyncGuard.Analyzers.Tests.Repository;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Samples.Tests;

/// <summary>What the analyzers find in each sample stands in a comment at the end of its line, all of it in <c>Before</c>.</summary>
public sealed partial class SampleFindingsTests
{
    [Theory]
    [InlineData("Workers", "AGD0109 AGD0202 AGD0502")]
    [InlineData("MiniLoop", "AGD0101 AGD0203 AGD0401 AGD0406")]
    [InlineData("UserProfile", "AGD0103 AGD0301 AGD0501")]
    [InlineData("Streaming", "AGD0501 AGD0502 AGD0503")]
    [InlineData("BlockedEndpoint", "AGD0101 AGD0102 AGD0103 AGD0105 AGD0106")]
    [InlineData("LongPolling", "AGD0109 AGD0202 AGD0306 AGD0504")]
    public async Task Before_ReportsWhatItsCommentsSay_TheRestIsClean(string sample, string ids)
    {
        var folder = "samples/" + sample;
        var announced =
            from path in Checkout.SourcesBelow(folder)
            from line in Checkout.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
            from Match match in Announced().Matches(line.Text)
            select $"{path}({line.Number}): {match.Groups[1].Value}";

        var findings = await FindingsAsync(folder);

        Assert.Equal(string.Join('\n', announced),
            string.Join('\n', findings.Select(finding => $"{finding.Path}({finding.Line}): {finding.Id}")));
        Assert.Equal(ids.Split(' '), findings.Select(finding => finding.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.All(findings, finding => Assert.StartsWith(folder + "/Before/", finding.Path));
    }

    [Fact]
    public void EverySample_HasBothForms_AndItsPlotOnItsPage() => Assert.All(
        typeof(SampleFindingsTests).GetMethod(nameof(Before_ReportsWhatItsCommentsSay_TheRestIsClean))!.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute =>
            (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!),
        sample =>
        {
            Assert.NotEmpty(Checkout.SourcesBelow($"samples/{sample}/After"));
            Assert.Contains($"(../../docs/samples/{sample}.svg)", Checkout.Read($"samples/{sample}/README.md"));
            Assert.StartsWith("<?xml", Checkout.Read($"docs/samples/{sample}.svg").TrimStart('\uFEFF'));
            Assert.Contains($"(samples/{sample}/README.md)", Checkout.Read("README.md"));
            Assert.Contains($"(../samples/{sample}/README.md)", Checkout.Read("docs/README.md"));
        });

    private static async Task<List<(string Path, int Line, string Id)>> FindingsAsync(string folder)
    {
        var compilation = CSharpCompilation.Create(
            Path.GetFileName(folder),
            SampleSources.Of(folder).Select(file => CSharpSyntaxTree.ParseText(file.Text, SampleSources.Parsing, file.Path)),
            SampleSources.References(folder),
            SampleSources.Compiling);
        var findings = await AnalyzerRun.RunAsync(compilation, SampleSources.Analyzers, new AnalyzerOptions([]));

        Assert.Empty(findings.Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.ToString()));
        return
        [
            .. findings.Where(finding => finding.Severity > DiagnosticSeverity.Hidden)
                .OrderBy(finding => finding.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                .ThenBy(finding => finding.Location.SourceSpan.Start)
                .ThenBy(finding => finding.Id, StringComparer.Ordinal)
                .Select(finding => (finding.Location.SourceTree!.FilePath, finding.Location.GetLineSpan().StartLinePosition.Line + 1,
                finding.Id)),
        ];
    }

    [GeneratedRegex(@"// (AGD\d{4})$")]
    private static partial Regex Announced();
}
