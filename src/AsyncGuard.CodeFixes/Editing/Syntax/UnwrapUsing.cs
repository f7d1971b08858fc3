using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary><c>using (var x = …) { … }</c> → <c>var x = …; …</c>, moved to the left, with every comment.</summary>
internal static class UnwrapUsing
{
    /// <summary>Whether nothing would be lost: comments beside the braces and directives have no place without them.</summary>
    public static bool IsSimple(UsingStatementSyntax use) =>
        use.Statement is BlockSyntax block ? CanLoseBraces(block) : use.Parent is BlockSyntax or SwitchSectionSyntax;

    public static bool CanLoseBraces(BlockSyntax block) =>
        block.Statements.Count > 0 && !block.ContainsDirectives
        && !block.OpenBraceToken.LeadingTrivia.Concat(block.OpenBraceToken.TrailingTrivia).Concat(block.CloseBraceToken.TrailingTrivia)
        .Any(IsComment);

    public static bool HasComment(SyntaxNode node) => node.DescendantTrivia().Any(IsComment);

    /// <summary>The declaration and what follows it, to stand in the place of the statement.</summary>
    public static IReadOnlyList<SyntaxNode> Statements(UsingStatementSyntax use)
    {
        var declaration = DeclarationOf(use, use.GetLeadingTrivia());
        return use.Statement is BlockSyntax block
            ? [declaration, .. Inner(block, use)]
            : [declaration, Moved(use.Statement, Indentation(use.Statement), Indentation(use))];
    }

    /// <summary>A block that begins with the declaration, for where only one statement can stand.</summary>
    public static SyntaxNode InBlock(UsingStatementSyntax use)
    {
        var block = (BlockSyntax)use.Statement;
        var declaration = DeclarationOf(use, Indentation(block.Statements[0])).WithTrailingTrivia(block.OpenBraceToken.TrailingTrivia);
        return block.WithStatements(block.Statements.Insert(0, declaration));
    }

    /// <summary>The statements of a block that is dissolved, to stand in the place of <paramref name="whole"/>.</summary>
    public static IReadOnlyList<SyntaxNode> Inner(BlockSyntax block, SyntaxNode whole)
    {
        var from = Indentation(block.Statements[0]);
        var to = Indentation(whole);
        var statements = block.Statements.Select(statement => Moved(statement, from, to)).ToArray();
        var last = statements.Length - 1;

        // Comments before the closing brace follow the last statement; the line ends as the whole did.
        var dangling = block.CloseBraceToken.LeadingTrivia.Any(IsComment)
            ? MovedTrivia(block.CloseBraceToken.LeadingTrivia, from, to).Reverse().SkipWhile(trivia => !IsComment(trivia)).Reverse()
            .ToArray() : [];
        statements[last] = dangling.Length > 0
            ? statements[last].WithTrailingTrivia(statements[last].GetTrailingTrivia().AddRange(dangling)
            .AddRange(whole.GetTrailingTrivia()))
            : statements[last].GetTrailingTrivia().Any(IsComment) ? statements[last]
            : statements[last].WithTrailingTrivia(whole.GetTrailingTrivia());
        if (block.Statements[0].GetLeadingTrivia() is var leading && whole is TryStatementSyntax && !leading.Any(IsComment))
            statements[0] = statements[0].WithLeadingTrivia(whole.GetLeadingTrivia());
        else if (whole is TryStatementSyntax)
            statements[0] = statements[0].WithLeadingTrivia(whole.GetLeadingTrivia()
                .AddRange(statements[0].GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))));
        return statements;
    }

    public static SyntaxTriviaList Indentation(SyntaxNode node) =>
        TriviaList(node.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));

    private static LocalDeclarationStatementSyntax DeclarationOf(UsingStatementSyntax use, SyntaxTriviaList leading)
    {
        var trailing = use.CloseParenToken.TrailingTrivia;
        if (!trailing.Any(SyntaxKind.EndOfLineTrivia) && use.Statement is BlockSyntax { OpenBraceToken.TrailingTrivia: var afterBrace })
            trailing = afterBrace;
        return LocalDeclarationStatement(use.Declaration!.WithoutTrivia()).WithLeadingTrivia(leading).WithTrailingTrivia(trailing);
    }

    private static StatementSyntax Moved(StatementSyntax statement, SyntaxTriviaList from, SyntaxTriviaList to) =>
        statement.ReplaceTokens(statement.DescendantTokens(),
        (_, token) => token.WithLeadingTrivia(MovedTrivia(token.LeadingTrivia, from, to)));

    // Whitespace at the start of a line: first, or after the end of another.
    private static SyntaxTriviaList MovedTrivia(SyntaxTriviaList trivia, SyntaxTriviaList from, SyntaxTriviaList to)
    {
        var deep = from.ToString();
        for (var i = 0; i < trivia.Count; i++)
        {
            var isLineStart = i == 0 || trivia[i - 1].IsKind(SyntaxKind.EndOfLineTrivia);
            if (isLineStart && trivia[i].IsKind(SyntaxKind.WhitespaceTrivia) && deep.Length > 0 && trivia[i].ToString() is var text
                && text.StartsWith(deep, System.StringComparison.Ordinal))
                trivia = trivia.Replace(trivia[i], Whitespace(to.ToString() + text.Substring(deep.Length)));
        }

        return trivia;
    }

    public static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective;
}
