using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Moves statements to the right, line by line. The text of strings stays as it is.</summary>
internal static class Deeper
{
    public static TStatement By<TStatement>(string step, TStatement statement)
        where TStatement : StatementSyntax
    {
        var first = statement.GetFirstToken();
        var tokens = statement.DescendantTokens().Where(token => (token == first || StartsLine(token)) && !IsInsideString(token));
        return statement.ReplaceTokens(tokens, (original, current) => current.WithLeadingTrivia(Moved(original.LeadingTrivia, step)));
    }

    private static bool StartsLine(SyntaxToken token) =>
        token.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia) || token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);

    private static bool IsInsideString(SyntaxToken token) =>
        token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is { } text && token != text.GetFirstToken();

    private static IEnumerable<SyntaxTrivia> Moved(SyntaxTriviaList leading, string step)
    {
        var isLineStart = true;
        for (var i = 0; i < leading.Count; i++)
        {
            var trivia = leading[i];
            var isBlank = i + 1 < leading.Count && leading[i + 1].IsKind(SyntaxKind.EndOfLineTrivia);
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            {
                isLineStart = true;
                yield return trivia;
                continue;
            }

            if (isLineStart && trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !isBlank) trivia = Whitespace(trivia.ToString() + step);
            else if (isLineStart && !trivia.IsKind(SyntaxKind.WhitespaceTrivia)) yield return Whitespace(step);
            isLineStart = false;
            yield return trivia;
        }

        if (isLineStart) yield return Whitespace(step);
    }
}
