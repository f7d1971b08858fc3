using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>A task with the <c>ConfigureAwait</c> after it, as the source writes them.</summary>
internal static class ConfiguredTask
{
    private const string Name = WellKnownMember.ConfigureAwait;

    /// <summary><c>task.ConfigureAwait(false)</c> for the <c>task</c> in it; the task itself where nothing configures it.</summary>
    public static ExpressionSyntax Around(ExpressionSyntax task) =>
        task.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax configured } access
        && access.Expression == task && access.Name.Identifier.ValueText == Name ? configured : task;

    /// <summary>The <c>task</c> in <c>task.ConfigureAwait(false)</c>; the expression itself where it is not of that form.</summary>
    public static ExpressionSyntax In(ExpressionSyntax awaited) => Of(awaited)?.Expression ?? awaited;

    /// <summary>The <c>task.ConfigureAwait</c> that the expression calls, or null.</summary>
    public static MemberAccessExpressionSyntax? Of(ExpressionSyntax awaited) =>
        awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: Name } access }
        ? access : null;
}
