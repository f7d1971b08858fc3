using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Syntax;

/// <summary>What can be awaited of <c>a?.SaveAsync()</c>, which is null where <c>a</c> is: <c>(a?.SaveAsync() ?? Task.CompletedTask)</c>.</summary>
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
}
