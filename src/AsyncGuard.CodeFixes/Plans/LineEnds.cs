using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Plans;

/// <summary>Lines that an edit writes end as the others of the file do.</summary>
internal static class LineEnds
{
    private const string Windows = "\r\n";

    /// <summary>The edited tree with the line ends of the original one, where that has only one kind.</summary>
    public static SyntaxNode AsIn(SyntaxNode original, SyntaxNode edited)
    {
        if (!UsesWindowsOnly(original.ToFullString())) return edited;
        var others = edited.DescendantTrivia(descendIntoTrivia: true)
            .Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) && trivia.ToString() == "\n").ToList();
        return others.Count == 0 ? edited : edited.ReplaceTrivia(others, static (_, _) => SyntaxFactory.EndOfLine(Windows));
    }

    /// <summary>
    /// The edited tree, in which what stands at the beginning of a line and at its end is left to no formatter: it would indent that line,
    /// and the one behind it, by its own settings in place of the file's.
    /// </summary>
    public static SyntaxNode Kept(SyntaxNode edited)
    {
        var loose = new List<SyntaxTrivia>();
        foreach (var token in edited.DescendantTokens(descendIntoTrivia: false))
        {
            var next = token.GetNextToken();
            if (!HasLoose(token) && !(Opens(token) && HasLoose(next))) continue;
            var startsLine = StartsLine(token);
            if (startsLine) loose.AddRange(token.LeadingTrivia.Where(IsLoose));
            if (startsLine && Opens(token)) loose.AddRange(token.TrailingTrivia.Concat(next.LeadingTrivia).Where(IsLoose));
            if (!StartsLine(next)) continue;
            loose.AddRange(token.TrailingTrivia.Where(IsLoose));
            if (!startsLine && StandsClose(token)) loose.AddRange(token.LeadingTrivia.Where(IsLoose));
        }

        return loose.Count == 0 ? edited : edited.ReplaceTrivia(loose, static (_, current) =>
            current.Span.IsEmpty ? default : SyntaxFactory.SyntaxTrivia(current.Kind(), current.ToString()));
    }

    private static bool HasLoose(SyntaxToken token) => token.LeadingTrivia.Any(IsLoose) || token.TrailingTrivia.Any(IsLoose);

    // Nothing stands in front of it, which a formatter would have to write.
    private static bool StandsClose(SyntaxToken token) =>
        token.Kind() is SyntaxKind.SemicolonToken or SyntaxKind.CloseParenToken or SyntaxKind.CommaToken;

    // Nor behind these.
    private static bool Opens(SyntaxToken token) => token.Kind() is SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken;

    private static bool IsLoose(SyntaxTrivia trivia) => trivia.HasAnnotation(SyntaxAnnotation.ElasticAnnotation);

    private static bool StartsLine(SyntaxToken token) => token.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia)
        || token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static bool UsesWindowsOnly(string text)
    {
        var found = false;
        for (var at = text.IndexOf('\n'); at >= 0; at = text.IndexOf('\n', at + 1))
        {
            if (at == 0 || text[at - 1] != '\r') return false;
            found = true;
        }

        return found;
    }
}
