using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>
/// What can be awaited of <c>a?.SaveAsync()</c>, which is null where <c>a</c> is: <c>(a?.SaveAsync() ?? Task.CompletedTask)</c>.
/// </summary>
internal static class NullConditional
{
    public static ExpressionSyntax OrCompleted(ExpressionSyntax expression) => expression is ConditionalAccessExpressionSyntax
        ? ParenthesizedExpression(BinaryExpression(
            SyntaxKind.CoalesceExpression,
            expression.WithoutTrivia(),
            Token(TriviaList(Space), SyntaxKind.QuestionQuestionToken, TriviaList(Space)),
            ParseExpression("Task.CompletedTask")))
        : expression;

    /// <summary>The whole of a chain of <c>?.</c> that ends in the expression.</summary>
    public static ExpressionSyntax WholeOf(ExpressionSyntax expression)
    {
        while (expression.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == expression) expression = access;
        return expression;
    }

    /// <summary>
    /// Whether the expression goes on from a <c>?.</c>, as <c>.Load()</c> of <c>a?.Load()</c>: awaited there, it would be null where
    /// <c>a</c> is.
    /// </summary>
    public static bool IsOnMember(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax:
                    return true;
                case MemberAccessExpressionSyntax access:
                    expression = access.Expression;
                    break;
                case InvocationExpressionSyntax call:
                    expression = call.Expression;
                    break;
                case ElementAccessExpressionSyntax element:
                    expression = element.Expression;
                    break;
                case ConditionalAccessExpressionSyntax conditional:
                    expression = conditional.Expression;
                    break;
                case PostfixUnaryExpressionSyntax postfix:
                    expression = postfix.Operand;
                    break;
                default:
                    return false;
            }
        }
    }
}
