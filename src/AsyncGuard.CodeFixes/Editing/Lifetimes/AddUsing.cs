using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Lifetimes;

/// <summary>Gives what is never disposed a <c>using</c>.</summary>
internal static class AddUsing
{
    /// <summary><c>var x = …;</c> → <c>using var x = …;</c></summary>
    public static LocalDeclarationStatementSyntax To(LocalDeclarationStatementSyntax declaration) =>
        declaration.WithoutLeadingTrivia().WithUsingKeyword(Using(declaration.GetLeadingTrivia()));

    /// <summary><c>x.Open();</c> → <c>using var name = x.Open();</c></summary>
    public static LocalDeclarationStatementSyntax Around(ExpressionStatementSyntax statement, string name)
    {
        var declaration = (LocalDeclarationStatementSyntax)ParseStatement($"using var {name} = 0;");
        return declaration.ReplaceNode(declaration.Declaration.Variables[0].Initializer!.Value, statement.Expression.WithoutLeadingTrivia())
            .WithSemicolonToken(statement.SemicolonToken).WithLeadingTrivia(statement.GetLeadingTrivia());
    }

    /// <summary>Moves an expression into a variable of its own, in a line before the statement.</summary>
    public static void Before(StatementSyntax statement, ExpressionSyntax value, string name, DocumentEdits edits)
    {
        edits.Replace(value, current => IdentifierName(name).WithTriviaFrom(current));
        edits.ReplaceByMany(statement, current =>
        {
            // Comments above stay above; the new line ends as the statement does.
            var declaration = (LocalDeclarationStatementSyntax)ParseStatement($"using var {name} = 0;");
            var written = declaration.ReplaceNode(declaration.Declaration.Variables[0].Initializer!.Value, value.WithoutTrivia());
            var lineEnd = EndsLine(current) ? LineEnd(current) : Space;
            return [written.WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(lineEnd),
                current.WithLeadingTrivia(StatementList.Indentation(statement))];
        });
    }

    private static SyntaxToken Using(SyntaxTriviaList leading) => Token(leading, SyntaxKind.UsingKeyword, TriviaList(Space));

    private static bool EndsLine(SyntaxNode node) => node.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);

    private static SyntaxTrivia LineEnd(SyntaxNode node)
    {
        var trailing = node.GetTrailingTrivia();
        return trailing[trailing.IndexOf(SyntaxKind.EndOfLineTrivia)];
    }
}
