using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>What stands behind <c>?.</c>, written without it: alone it is no expression that can be bound.</summary>
internal static class Unconditional
{
    /// <summary>The expression with the receiver that <c>?.</c> gives it: <c>.B</c> of <c>a?.B.X()</c> is <c>a.B</c>. Others are what they were.</summary>
    public static ExpressionSyntax Of(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case MemberBindingExpressionSyntax binding:
                return ReceiverOf(binding) is { } owner ? MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, owner, binding.Name) : expression;
            case ElementBindingExpressionSyntax binding:
                return ReceiverOf(binding) is { } list ? ElementAccessExpression(list, binding.ArgumentList) : expression;
            case MemberAccessExpressionSyntax access:
                return Of(access.Expression) is var accessed && accessed != access.Expression ? access.WithExpression(accessed) : expression;
            case InvocationExpressionSyntax call:
                return Of(call.Expression) is var called && called != call.Expression ? call.WithExpression(called) : expression;
            case ElementAccessExpressionSyntax element:
                return Of(element.Expression) is var indexed && indexed != element.Expression ? element.WithExpression(indexed) : expression;
            case PostfixUnaryExpressionSyntax forgiven:
                return Of(forgiven.Operand) is var operand && operand != forgiven.Operand ? forgiven.WithOperand(operand) : expression;
            default:
                return expression;
        }
    }

    /// <summary>What stands before the <c>?</c> that the expression belongs to.</summary>
    public static ExpressionSyntax? ReceiverOf(ExpressionSyntax binding) =>
        binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(conditional => conditional.WhenNotNull.Contains(binding)) is { } access ? Of(access.Expression) : null;
}
