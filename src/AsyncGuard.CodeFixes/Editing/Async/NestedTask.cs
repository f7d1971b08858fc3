using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// A task of a task, whose outer one is done as soon as the work has begun: code that waits for the work waits for <c>start.Unwrap()</c>.
/// </summary>
internal static class NestedTask
{
    /// <summary>Whether the expression makes a task of a task, also behind <c>ConfigureAwait</c>.</summary>
    public static bool Is(ExpressionSyntax node, FixContext fix) =>
        new NestedTaskUse(fix.Guard).IsNested(fix.Model.GetTypeInfo(ConfiguredTask.In(node), fix.CancellationToken).Type);

    /// <summary>The inner task of an expression that makes a task of a task.</summary>
    public static ExpressionSyntax Unwrap(ExpressionSyntax task)
    {
        if (ConfiguredTask.Of(task)?.Expression is { } inner) return task.ReplaceNode(inner, Unwrap(inner));
        return InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task.WithoutTrivia(),
            IdentifierName("Unwrap"))).WithTriviaFrom(task);
    }
}
