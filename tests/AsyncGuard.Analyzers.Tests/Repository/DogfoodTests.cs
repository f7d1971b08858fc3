using System;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Our own sources under our own rules: every rule counts, and none is suppressed.</summary>
public sealed class DogfoodTests
{
    private static readonly string[] Symbols = ["NET", "NET6_0_OR_GREATER", "NET7_0_OR_GREATER", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER",
        "NET10_0_OR_GREATER"];

    [Theory]
    [InlineData("src/AsyncGuard.Analyzers", "src/AsyncGuard.CodeFixes")]
    [InlineData("src/AsyncGuard.Runtime")]
    public async Task OwnSources_UnderAllRules_HaveNoFinding(params string[] folders)
    {
        var paths = folders.SelectMany(Checkout.SourcesBelow);
        var parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest).WithPreprocessorSymbols(Symbols);
        var compilation = CSharpCompilation.Create(
            "OwnSources",
            paths.Select(path => CSharpSyntaxTree.ParseText(Checkout.Read(path), parsing, path)),
            [.. ReferenceAssemblies.Get(ReferenceSet.Net100), .. Roslyn()],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
                allowUnsafe: true));

        var findings = await AnalyzerRun.RunAsync(compilation, RuleRow.AllAnalyzers, new AnalyzerOptions([]));

        var wrong = findings.Where(finding => finding.Severity == DiagnosticSeverity.Error
            || finding.Id.StartsWith("AGD", StringComparison.Ordinal)).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void OwnSources_SuppressNone()
    {
        var suppressing =
            from path in Checkout.SourcesBelow("src")
            let root = CSharpSyntaxTree.ParseText(Checkout.Read(path)).GetRoot()
            where root.DescendantTrivia(descendIntoTrivia: true)
            .Any(trivia => trivia.GetStructure() is PragmaWarningDirectiveTriviaSyntax pragma
            && pragma.ToString().Contains("AGD", StringComparison.Ordinal))
                || root.DescendantNodes().OfType<AttributeSyntax>()
                .Any(attribute => attribute.Name.ToString().Contains("SuppressMessage", StringComparison.Ordinal)
                && attribute.ToString().Contains("AGD", StringComparison.Ordinal))
            select path;
        Assert.Empty(suppressing);
        Assert.DoesNotContain("AGD", Checkout.Read(".editorconfig"));
        Assert.DoesNotContain("NoWarn>$(NoWarn);AGD", Checkout.Read("src/Directory.Build.props"));
    }

    private static MetadataReference[] Roslyn() =>
    [
        .. new[] { typeof(Compilation), typeof(CSharpCompilation), typeof(CodeFixProvider),
        typeof(Microsoft.CodeAnalysis.CSharp.Formatting.CSharpFormattingOptions), typeof(System.Composition.SharedAttribute) }
            .Select(type => type.Assembly.Location).Distinct()
            .Select(location => MetadataReference.CreateFromFile(location, documentation: null)),
    ];
}
