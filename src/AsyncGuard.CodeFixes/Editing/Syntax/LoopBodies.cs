using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Edits of what a loop does first.</summary>
internal static class LoopBodies
{
    /// <summary>The statement that ends the work where the token is cancelled.</summary>
    public static string Check(string token) => $"{token}.ThrowIfCancellationRequested();";

    public static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    public static StatementSyntax? BodyOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax statement => statement.Statement,
        DoStatementSyntax statement => statement.Statement,
        ForStatementSyntax statement => statement.Statement,
        CommonForEachStatementSyntax statement => statement.Statement,
        _ => null,
    };

    /// <summary>The loop with the statement in front of all others of its body.</summary>
    public static StatementSyntax StartingWith(StatementSyntax loop, string statement) => loop switch
    {
        WhileStatementSyntax one => one.WithStatement(Started(one.Statement, loop, statement)),
        DoStatementSyntax one => one.WithStatement(Started(one.Statement, loop, statement)),
        ForStatementSyntax one => one.WithStatement(Started(one.Statement, loop, statement)),
        ForEachStatementSyntax one => one.WithStatement(Started(one.Statement, loop, statement)),
        ForEachVariableStatementSyntax one => one.WithStatement(Started(one.Statement, loop, statement)),
        _ => loop,
    };

    private static BlockSyntax Started(StatementSyntax body, StatementSyntax loop, string statement) => InsertStatement.First(InsertStatement.AsBlock(body, loop), statement);
}
