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
