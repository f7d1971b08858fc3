using System.Linq;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Names for what an edit adds.</summary>
internal static class FreeName
{
    /// <summary>
    /// The first of the names that nothing in the member around the place has, and that means nothing there; null where all are taken.
    /// </summary>
    public static string? At(SyntaxNode place, FixContext fix, params string[] names)
    {
        var scope = place.FirstAncestorOrSelf<SyntaxNode>(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax)
            ?? fix.Root;
        return names.FirstOrDefault(name =>
            fix.Model.LookupSymbols(place.SpanStart, name: name).IsEmpty
            && !scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name));
    }
}
