using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The sample shows every rule, each where its comment says so, and the twin of each file is clean.</summary>
public sealed partial class QuickstartTests
{
    private const string Sample = "samples/Quickstart";

    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    [Fact]
    public async Task Before_ReportsWhatItsCommentsSay_AfterReportsNothing()
    {
        var findings = await FindingsAsync();
        var announced = from path in Checkout.SourcesBelow(Sample)
                        from line in Checkout.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
                        from Match match in Announced().Matches(line.Text)
                        select $"{path}({line.Number}): {match.Groups[1].Value}";

        Assert.Equal(announced, findings.Select(finding => $"{finding.Path}({finding.Line}): {finding.Id}"));
        Assert.All(findings, finding => Assert.StartsWith(Sample + "/Before/", finding.Path));
    }

    // Rules of the configuration are no smell of code.
    [Fact]
    public async Task EveryRule_IsShown() =>
        Assert.Equal(RuleRow.All.Where(row => row.Family != "Configuration").Select(row => row.Id),
        (await FindingsAsync()).Select(finding => finding.Id).Where(id => id != "CS4014").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void EveryFile_HasAFixedTwin() => Assert.Equal(
        Checkout.SourcesBelow(Sample + "/Before").Select(Path.GetFileName),
        Checkout.SourcesBelow(Sample + "/After").Select(Path.GetFileName));

    [Fact]
    public async Task Readme_ShowsWhatTheBuildPrints()
    {
        var shown = Checkout.Read("README.md").Split('\n').Where(line => line.StartsWith("Before/", StringComparison.Ordinal)).ToList();
        var printed =
            (await DiagnosticsAsync()).Select(finding => finding.ToString()[(Sample.Length + 1)..].Replace(": info ", ": warning "));

        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    // What the README shows as fixed is what the fixes write.
    [Fact]
    public async Task Readme_ShowsWhatTheFixesWrite()
    {
        var blocks = Checkout.Read("README.md").Split("```csharp\n").Skip(1)
            .Select(block => Endpoint(block[..block.IndexOf("\n```", StringComparison.Ordinal)])).ToList();
        var options =
            RuleTestOptions.Default with
            {
                References = ReferenceSet.AspNetCore,
                ExtraUsings = ["Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing"]
            };
        var code = blocks[0];
        foreach (var row in RuleRow.All.Where(row => row.Fix is not null))
            code = await (await FixRun.Start([row.Analyzer!], row.Fix!, code, options).ApplyOneByOneAsync()).GetSourceAsync();

        Assert.Empty(AnalyzerRun.GetCompilerErrors(blocks[0], options));
        Assert.Equal(blocks[1], code);
    }

    private static string Endpoint(string statement) =>
        $"void Map(RouteGroupBuilder routes)\n{{\n{string.Concat(statement.Split('\n').Select(line => $"    {line}\n"))}}}";

    private static async Task<List<(string Path, int Line, string Id)>> FindingsAsync() =>
        [.. (await DiagnosticsAsync()).Select(finding => (finding.Location.SourceTree!.FilePath,
        finding.Location.GetLineSpan().StartLinePosition.Line + 1, finding.Id))];

    private static async Task<List<Diagnostic>> DiagnosticsAsync()
    {
        var parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "Quickstart",
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings, parsing, "ImplicitUsings.cs"),
                .. Checkout.SourcesBelow(Sample).Select(path => CSharpSyntaxTree.ParseText(Checkout.Read(path), parsing, path)),
            ],
            [.. ReferenceAssemblies.Get(ReferenceSet.AspNetCore), RuntimeLibrary.Reference],
            // The library is built for an older framework; builds say nothing of that either.
            new CSharpCompilationOptions(OutputKind.ConsoleApplication,
                nullableContextOptions: NullableContextOptions.Enable).WithSpecificDiagnosticOptions(
                [new("CS1701", ReportDiagnostic.Suppress)]));
        var findings = await AnalyzerRun.RunAsync(compilation, RuleRow.AllAnalyzers, new AnalyzerOptions([]));

        Assert.Empty(findings.Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.ToString()));
        return
        [
            .. findings.Where(finding => finding.Severity > DiagnosticSeverity.Hidden)
                .OrderBy(finding => finding.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                .ThenBy(finding => finding.Location.SourceSpan.Start)
                .ThenBy(finding => finding.Id, StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(@"// ((?:AGD|CS)\d{4})$")]
    private static partial Regex Announced();
}
