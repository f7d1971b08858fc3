using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Adds a statement to a block, on a line of its own where the block's others have one.</summary>
internal static class InsertStatement
{
    public static BlockSyntax First(BlockSyntax block, string statement)
    {
        var added = ParseStatement(statement);
        if (block.Statements.Count == 0) return Last(block, statement);
        var first = block.Statements[0];
        return block.WithStatements(block.Statements.Insert(0, LineEndAfter(block.OpenBraceToken) is { } lineEnd
            ? added.WithLeadingTrivia(IndentationOf(first)).WithTrailingTrivia(lineEnd)
            : added.WithTrailingTrivia(Space)));
    }

    public static BlockSyntax Last(BlockSyntax block, string statement)
    {
        var added = ParseStatement(statement);
        var close = block.CloseBraceToken;
        var before = block.Statements.Count == 0 ? block.OpenBraceToken : block.Statements.Last().GetLastToken();
        if (LineEndAfter(before) is not { } lineEnd)
        {
            // { Log(ex); }
            var open = block.OpenBraceToken;
            if (block.Statements.Count == 0 && !open.HasTrailingTrivia) block = block.WithOpenBraceToken(open.WithTrailingTrivia(Space));
            return block.AddStatements(added.WithTrailingTrivia(Space));
        }

        // A comment before the brace stays above the statement.
        var leading = close.LeadingTrivia;
        var outer = TriviaList(leading.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
        var above = TriviaList(leading.Take(leading.Count - outer.Count));
        var inner = block.Statements.Count > 0 ? IndentationOf(block.Statements.Last())
            : outer.Add(Whitespace(Indents.StepOf(block)));
        return block.WithCloseBraceToken(close.WithLeadingTrivia(outer))
            .AddStatements(added.WithLeadingTrivia(above.AddRange(inner)).WithTrailingTrivia(lineEnd));
    }

    /// <summary>A loop's body as a block: the one it is, or a new one around its statement.</summary>
    public static BlockSyntax AsBlock(StatementSyntax body, StatementSyntax loop)
    {
        if (body is BlockSyntax block) return block;
        var outer = IndentationOf(loop);
        var previous = body.GetFirstToken().GetPreviousToken();
        var added = (BlockSyntax)ParseStatement("{ }");
        if (LineEndAfter(previous) is not { } lineEnd)
            return added.AddStatements(body.WithTrailingTrivia(Space)).WithTrailingTrivia(body.GetTrailingTrivia());

        return added.WithStatements(SingletonList(body))
            .WithOpenBraceToken(Token(outer, SyntaxKind.OpenBraceToken, TriviaList(lineEnd)))
            .WithCloseBraceToken(Token(outer, SyntaxKind.CloseBraceToken, TriviaList(lineEnd)));
    }

    private static SyntaxTrivia? LineEndAfter(SyntaxToken token)
    {
        foreach (var trivia in token.TrailingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia)) return trivia;
        }

        return null;
    }

    private static SyntaxTriviaList IndentationOf(StatementSyntax statement) =>
        TriviaList(statement.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());
}
