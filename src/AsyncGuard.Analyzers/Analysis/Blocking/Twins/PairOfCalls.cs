using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// Code that calls a method and its counterpart, one after the other: two hooks, not one in two forms. Hooks give nothing back, or
/// what both give is added up, and belong to the project.
/// </summary>
internal static class PairOfCalls
{
    /// <summary>
    /// <code>await module.BeforeAsync(c);  module.Before(c);      notes += job.Run(c);  notes += await job.RunAsync(c);</code>
    /// </summary>
    public static bool Is(IInvocationOperation call, string counterpart, GuardContext guard)
    {
        if (!guard.IsOurs(call.TargetMethod.OriginalDefinition)) return false;
        if (call.Syntax is not InvocationExpressionSyntax invocation || invocation.FirstAncestorOrSelf<BlockSyntax>() is not { } block)
            return false;
        foreach (var statement in block.Statements)
        {
            if (statement.Span.Contains(call.Syntax.Span)) continue;
            foreach (var node in statement.DescendantNodes(
                static node =>
                    node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or StatementSyntax
                    and not ExpressionStatementSyntax and not LocalDeclarationStatementSyntax)))
            {
                if (node is InvocationExpressionSyntax other && NameOf(other)?.Identifier.ValueText == counterpart
                    && HasSameReceiver(invocation, other) && HasSameArguments(invocation, other)
                    && (call.TargetMethod.ReturnsVoid || AreAddedUp(invocation, other)))
                    return true;
            }
        }

        return false;
    }

    // var notes = job.Run(c);  notes += await job.RunAsync(c);
    private static bool AreAddedUp(ExpressionSyntax one, ExpressionSyntax other)
    {
        var (first, second) = (TargetOf(one, out var addsFirst), TargetOf(other, out var addsSecond));
        return first is not null && first == second && (addsFirst || addsSecond);
    }

    private static string? TargetOf(ExpressionSyntax value, out bool adds)
    {
        SyntaxNode? parent = value.Parent;
        while (parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax
            or InvocationExpressionSyntax)
            parent = parent.Parent;
        adds = parent.IsKind(SyntaxKind.AddAssignmentExpression);
        return parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left.ToString(),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            _ => null,
        };
    }

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax simple => simple,
        MemberAccessExpressionSyntax access => access.Name,
        _ => null,
    };

    private static bool HasSameReceiver(InvocationExpressionSyntax one, InvocationExpressionSyntax other) =>
        (one.Expression, other.Expression) switch
        {
            (SimpleNameSyntax, SimpleNameSyntax) => true,
            (MemberAccessExpressionSyntax first, MemberAccessExpressionSyntax second) =>
                SyntaxFactory.AreEquivalent(first.Expression, second.Expression),
            _ => false,
        };

    // But for a token.
    private static bool HasSameArguments(InvocationExpressionSyntax one, InvocationExpressionSyntax other)
    {
        var (given, also) = (one.ArgumentList.Arguments, other.ArgumentList.Arguments);
        if (also.Count < given.Count || also.Count > given.Count + 1) return false;
        for (var i = 0; i < given.Count; i++)
        {
            if (!SyntaxFactory.AreEquivalent(given[i], also[i])) return false;
        }

        return true;
    }
}
