using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Async;

/// <summary>One await of a call.</summary>
internal sealed class AwaitedCall(AwaitExpressionSyntax node, InvocationExpressionSyntax call, StatementSyntax statement, bool isTask,
    bool isVoid)
{
    public AwaitExpressionSyntax Node { get; } = node;

    /// <summary>The call, without <c>ConfigureAwait</c>.</summary>
    public InvocationExpressionSyntax Call { get; } = call;

    public StatementSyntax Statement { get; } = statement;

    /// <summary>Whether it returns a task, not a value task.</summary>
    public bool IsTask { get; } = isTask;

    public bool IsVoid { get; } = isVoid;

    /// <summary>Whether the statement is nothing but <c>await Call();</c></summary>
    public bool IsWholeStatement => Statement is ExpressionStatementSyntax { Expression: var whole } && whole == Node;

    /// <summary>The local of <c>var x = await Call();</c>, or null.</summary>
    public VariableDeclaratorSyntax? Declared =>
        Node.Parent is EqualsValueClauseSyntax
        {
            Parent: VariableDeclaratorSyntax
            {
                Parent: VariableDeclarationSyntax
                {
                    Variables.Count: 1,
                    Parent: LocalDeclarationStatementSyntax
                }
            } declared
        } ? declared : null;
}
