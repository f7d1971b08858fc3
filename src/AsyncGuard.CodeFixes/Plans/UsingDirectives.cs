using System;
using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Plans;

/// <summary>Adds <c>using</c> directives where the file keeps its own: sorted in, and in the namespace if that is where they are.</summary>
internal static class UsingDirectives
{
    public static CompilationUnitSyntax Add(CompilationUnitSyntax unit, IEnumerable<string> imports)
    {
        foreach (var import in imports)
        {
            if (HasImport(unit, import)) continue;
            var inside = unit.Usings.Count == 0
                ? unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
                .OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault(space => space.Usings.Count > 0)
                : null;
            unit = inside is null
                ? AddToUnit(unit, import)
                : unit.ReplaceNode(inside, inside.WithUsings(Insert(inside.Usings, import)));
        }

        return unit;
    }

    private static bool HasImport(CompilationUnitSyntax unit, string import) =>
        unit.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>()
        .Any(directive => directive.Alias is null && directive.Name?.ToString() == import);

    private static CompilationUnitSyntax AddToUnit(CompilationUnitSyntax unit, string import)
    {
        if (unit.Usings.Count > 0) return unit.WithUsings(Insert(unit.Usings, import));

        // The first directive of a file goes below its header and has a blank line after it.
        var directive = Directive(import, "").WithTrailingTrivia(EndOfLine(unit), EndOfLine(unit));
        var first = unit.GetFirstToken();
        var header = first.LeadingTrivia.TakeWhile(trivia => !trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)).ToList();
        if (header.Any(trivia => trivia.IsDirective)) return unit.WithUsings(SingletonList(directive));
        return unit.ReplaceToken(first, first.WithLeadingTrivia(first.LeadingTrivia.Skip(header.Count)))
            .WithUsings(SingletonList(directive.WithLeadingTrivia(header)));
    }

    private static SyntaxList<UsingDirectiveSyntax> Insert(SyntaxList<UsingDirectiveSyntax> usings, string import)
    {
        var index = 0;
        for (var i = 0; i < usings.Count; i++)
        {
            if (usings[i].Alias is null && usings[i].StaticKeyword.IsKind(SyntaxKind.None)
                && Compare(usings[i].Name?.ToString() ?? "", import) < 0)
                index = i + 1;
        }

        var neighbour = usings[Math.Min(index, usings.Count - 1)];
        var indent =
            string.Concat(neighbour.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            .Select(trivia => trivia.ToString()));
        var directive = Directive(import, indent).WithTrailingTrivia(EndOfLine(neighbour));
        if (index > 0 || usings.Count == 0) return usings.Insert(index, directive);

        // A header comment stays on top.
        var first = usings[0];
        return usings.Replace(first, first.WithLeadingTrivia(Whitespace(indent)))
            .Insert(0, directive.WithLeadingTrivia(first.GetLeadingTrivia()));
    }

    // System first, then by name: what the compiler's own tools do by default.
    private static int Compare(string one, string other)
    {
        var system = IsSystem(other).CompareTo(IsSystem(one));
        return system != 0 ? system : string.CompareOrdinal(one, other);
    }

    private static bool IsSystem(string name) => FrameworkNamespaces.ComesFirst(name);

    // Parsed, so that nothing of it asks for the lines around it to be formatted.
    private static UsingDirectiveSyntax Directive(string import, string indent) =>
        ParseCompilationUnit($"using {import};").Usings[0].WithLeadingTrivia(Whitespace(indent));

    private static SyntaxTrivia EndOfLine(SyntaxNode node) =>
        node.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is var found
        && found.IsKind(SyntaxKind.EndOfLineTrivia) ? found : SyntaxFactory.EndOfLine("\n");
}
