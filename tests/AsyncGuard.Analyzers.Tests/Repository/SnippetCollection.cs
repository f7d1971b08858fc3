using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>C# that people write: the sources of the rule tests and of the rule pages, without markup.</summary>
internal static partial class SnippetCollection
{
    public static ImmutableArray<string> All { get; } = [.. OfTests().Concat(OfPages()).Where(code => code.Length > 0).Distinct()];

    private static IEnumerable<string> OfTests() =>
        from folder in new[] { "Rules", "Analysis", "ValidCode" }
        from path in Checkout.SourcesBelow("tests/AsyncGuard.Analyzers.Tests/" + folder)
        from token in CSharpSyntaxTree.ParseText(Checkout.Read(path)).GetRoot().DescendantTokens()
        where token.Kind() is SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
        select Markup().Replace(token.ValueText, "");

    private static IEnumerable<string> OfPages() =>
        from row in RuleRow.All
        from heading in new[] { "Violation", "Fixed" }
        select RulePage.Code(row.Page, heading);

    [GeneratedRegex(@"\{\|[^:|\s]+:|\|\}|\[\||\|\]|\$\$")]
    private static partial Regex Markup();
}
