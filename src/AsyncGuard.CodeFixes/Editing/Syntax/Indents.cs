using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>
/// How far the lines of a file are indented, and statements moved to the right by that. The text of strings stays as it is.
/// </summary>
internal static class Indents
{
    private const string UsualStep = "    ";
    private const int MostSpaces = 8;

    public static TStatement By<TStatement>(string step, TStatement statement)
        where TStatement : StatementSyntax
    {
        var first = statement.GetFirstToken();
        var tokens = statement.DescendantTokens().Where(token => (token == first || StartsLine(token)) && !IsInsideString(token));
        return statement.ReplaceTokens(tokens, (original, current) => current.WithLeadingTrivia(Moved(original.LeadingTrivia, step)));
    }

    /// <summary>
    /// By how much the braces around a node of a whole tree, which may have been edited, move their lines to the right: two spaces, four, a
    /// tab. Where no line shows it, what the project is configured to, else four spaces.
    /// </summary>
    public static string StepOf(SyntaxNode node)
    {
        var root = node.SyntaxTree.GetRoot();
        return node.AncestorsAndSelf().Concat(root.DescendantNodes()).Select(StepIn).FirstOrDefault(step => step is not null)
            ?? (node.GetLeadingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia.ToString().Contains('\t')) ? "\t"
                : root.GetAnnotations(DocumentEdits.ConfiguredStep).FirstOrDefault()?.Data ?? UsualStep);
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

    private static string? StepIn(SyntaxNode node)
    {
        var (first, close) = node switch
        {
            BlockSyntax { Statements.Count: > 0 } block => (block.Statements[0].GetFirstToken(), block.CloseBraceToken),
            TypeDeclarationSyntax { Members.Count: > 0 } type => (type.Members[0].GetFirstToken(), type.CloseBraceToken),
            _ => default,
        };
        if (first == default || IndentationOf(first) is not { } inner || IndentationOf(close) is not { } outer
            || inner.Length <= outer.Length || !inner.StartsWith(outer, System.StringComparison.Ordinal))
            return null;
        var step = inner.Substring(outer.Length);
        return step == "\t" || (step.Length is > 1 and <= MostSpaces && step.Trim(' ').Length == 0) ? step : null;
    }

    /// <summary>What stands in front of the token in its line; null where it begins none.</summary>
    private static string? IndentationOf(SyntaxToken token) =>
        token.LeadingTrivia.Any(SyntaxKind.EndOfLineTrivia) || token.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
        ? string.Concat(token.LeadingTrivia.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()) : null;
}
