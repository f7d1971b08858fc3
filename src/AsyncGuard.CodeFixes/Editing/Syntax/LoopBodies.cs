using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>Edits of what a loop does first.</summary>
internal static class LoopBodies
{
    /// <summary>The statement that ends the work where the token is cancelled.</summary>
    public static string Check(string token) => $"{token}.ThrowIfCancellationRequested();";

    public static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    public static StatementSyntax? BodyOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax statement => statement.Statement,
        DoStatementSyntax statement => statement.Statement,
        ForStatementSyntax statement => statement.Statement,
        CommonForEachStatementSyntax statement => statement.Statement,
        _ => null,
    };

    /// <summary>The loop with the statement in front of all others of its body.</summary>
    public static StatementSyntax StartingWith(StatementSyntax loop, string statement) =>
        BodyOf(loop) is { } body ? WithBody(loop, Started(body, loop, statement)) : loop;

    public static StatementSyntax WithBody(StatementSyntax loop, StatementSyntax body) => loop switch
    {
        WhileStatementSyntax one => one.WithStatement(body),
        DoStatementSyntax one => one.WithStatement(body),
        ForStatementSyntax one => one.WithStatement(body),
        ForEachStatementSyntax one => one.WithStatement(body),
        ForEachVariableStatementSyntax one => one.WithStatement(body),
        _ => loop,
    };

    private static BlockSyntax Started(StatementSyntax body, StatementSyntax loop, string statement) =>
        InsertStatement.First(InsertStatement.AsBlock(body, loop), statement);
}
