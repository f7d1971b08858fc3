using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>Catalog → Analysis → Rules → Fixes: a layer sees those before it and none after. Read from the sources.</summary>
public sealed partial class LayeringTests
{
    private const string Analyzers = "src/AsyncGuard.Analyzers/";
    private const string Fixes = "src/AsyncGuard.CodeFixes/";

    private static readonly string[] AllLayers = ["Catalog", "Analysis", "Summaries", "Baselines", "Rules", "Editing", "Fixes"];

    [Theory]
    [InlineData(Analyzers + "Catalog", new string[0])]
    [InlineData(Analyzers + "Analysis", new[] { "Catalog" })]
    [InlineData(Analyzers + "Summaries", new[] { "Catalog", "Analysis" })]
    [InlineData(Analyzers + "Baselines", new string[0])]
    [InlineData(Analyzers + "Rules", new[] { "Catalog", "Analysis" })]
    [InlineData(Fixes + "Editing", new[] { "Catalog", "Analysis", "Rules" })]
    [InlineData(Fixes + "Fixes", new[] { "Catalog", "Analysis", "Rules", "Editing" })]
    public void Layer_SeesOnlyThoseBeforeIt(string folder, string[] visible)
    {
        var hidden = AllLayers.Except([.. visible, folder[(folder.LastIndexOf('/') + 1)..]]).ToList();
        var wrong =
            from path in Checkout.SourcesBelow(folder)
            from name in Parse(path).DescendantNodes().OfType<NameSyntax>().Select(name => name.ToString())
            from layer in hidden
            where name == $"AsyncGuard.{layer}" || name.StartsWith($"AsyncGuard.{layer}.", StringComparison.Ordinal)
            select $"{path} uses {name}";
        RequireNone(wrong.Distinct());
    }

    [Theory]
    [InlineData(Analyzers)]
    [InlineData(Fixes)]
    public void File_HasTheNamespaceOfItsFolder_AndOneType(string root)
    {
        var wrong = new List<string>();
        foreach (var path in Checkout.SourcesBelow(root.TrimEnd('/')))
        {
            var folder = Path.GetDirectoryName(path[root.Length..])!.Replace('/', '.');
            var wanted = folder.Length == 0 ? "AsyncGuard" : "AsyncGuard." + folder;
            var unit = Parse(path);
            var space = unit.Members.OfType<FileScopedNamespaceDeclarationSyntax>().SingleOrDefault();
            if (space?.Name.ToString() != wanted) wrong.Add($"{path} is not in the file-scoped namespace {wanted}");
            if (space?.Members.Count != 1) wrong.Add($"{path} does not hold one type");
            if (Path.GetFileNameWithoutExtension(path) is var name && VagueName().IsMatch(name))
                wrong.Add($"{path} has a name that says nothing");
        }

        RequireNone(wrong);
    }

    [Theory]
    [InlineData(Analyzers + "Rules", "Analyzer")]
    [InlineData(Fixes + "Fixes", "Fix")]
    public void Rule_NamesNoOtherRule(string folder, string suffix)
    {
        var wrong =
            from path in Checkout.SourcesBelow(folder)
            let own = Path.GetFileNameWithoutExtension(path)
            from identifier in Parse(path).DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            let other = RuleRow.All.FirstOrDefault(row => own != row.Smell + suffix && (
                identifier.ValueText == row.Smell + suffix
                || (identifier.ValueText == row.Smell
                && identifier.Parent?.Parent is MemberAccessExpressionSyntax
                {
                    Expression: IdentifierNameSyntax { Identifier.ValueText: "RuleTable" }
                })))
            where other is not null
            select $"{path} names {identifier.ValueText}";
        RequireNone(wrong.Distinct());
    }

    // "System.Threading.Tasks.Task", "Microsoft.…": only the catalog knows types by name.
    [Fact]
    public void MetadataNames_StandOnlyInTheCatalog()
    {
        var wrong =
            from path in Checkout.SourcesBelow("src/AsyncGuard.Analyzers").Concat(Checkout.SourcesBelow("src/AsyncGuard.CodeFixes"))
            where !path.StartsWith(Analyzers + "Catalog/", StringComparison.Ordinal)
            from literal in Parse(path).DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken))
            where MetadataName().IsMatch(literal.ValueText)
            select $"{path} has \"{literal.ValueText}\"";
        RequireNone(wrong);
    }

    [Fact]
    public void Analyzers_StayUnder150Lines() => RequireNone(
        Checkout.SourcesBelow(Analyzers + "Rules").Where(path => Checkout.Read(path).Split('\n').Length > 151)
            .Select(path => $"{path} wants to give some of what it knows to Analysis or Catalog"));

    private static CompilationUnitSyntax Parse(string path) => CSharpSyntaxTree.ParseText(Checkout.Read(path)).GetCompilationUnitRoot();

    private static void RequireNone(IEnumerable<string> wrong)
    {
        var all = wrong.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    [GeneratedRegex(@"^(T:|M:|P:|F:)?(System|Microsoft|Xunit|NUnit|TUnit|MSTest)(\.[A-Za-z0-9_`]+)+$")]
    private static partial Regex MetadataName();

    [GeneratedRegex("(Utils?|Utility|Utilities|Helpers?|Common|Misc)$")]
    private static partial Regex VagueName();
}
