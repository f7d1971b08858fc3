using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>Calls behind <c>?.</c>: <c>a?.B.X()</c>.</summary>
internal static class NullConditionalCall
{
    /// <summary>
    /// The expression written without <c>?.</c>, behind which alone it is none that can be bound: <c>.B</c> of <c>a?.B.X()</c> is
    /// <c>a.B</c>. Others are what they were.
    /// </summary>
    public static ExpressionSyntax Unconditional(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case MemberBindingExpressionSyntax binding:
                return ReceiverOf(binding) is { } owner
                    ? MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, owner, binding.Name) : expression;
            case ElementBindingExpressionSyntax binding:
                return ReceiverOf(binding) is { } list ? ElementAccessExpression(list, binding.ArgumentList) : expression;
            case MemberAccessExpressionSyntax access:
                return Unconditional(access.Expression) is var accessed && accessed != access.Expression ? access.WithExpression(accessed)
                    : expression;
            case InvocationExpressionSyntax call:
                return Unconditional(call.Expression) is var called && called != call.Expression ? call.WithExpression(called) : expression;
            case ElementAccessExpressionSyntax element:
                return Unconditional(element.Expression) is var indexed && indexed != element.Expression ? element.WithExpression(indexed)
                    : expression;
            case PostfixUnaryExpressionSyntax forgiven:
                return Unconditional(forgiven.Operand) is var operand && operand != forgiven.Operand ? forgiven.WithOperand(operand)
                    : expression;
            default:
                return expression;
        }
    }

    /// <summary>What stands before the <c>?</c> that the expression belongs to.</summary>
    public static ExpressionSyntax? ReceiverOf(ExpressionSyntax binding) =>
        binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(conditional => conditional.WhenNotNull.Contains(binding)) is
        {
        } access ? Unconditional(access.Expression) : null;

    /// <summary>
    /// Whether no code uses the value of the expression: it stands as a statement, as the body of a void member or lambda, or is assigned
    /// to a discard.
    /// </summary>
    public static bool IsUnused(IOperation expression)
    {
        var parent = expression.Parent;

        // a?.X() as a statement
        while (parent is IConditionalAccessOperation access && access.WhenNotNull == expression)
            (expression, parent) = (access, access.Parent);
        return parent is IExpressionStatementOperation
            || (parent is ISimpleAssignmentOperation { Target: IDiscardOperation } discard
            && discard.Parent is IExpressionStatementOperation);
    }
}
