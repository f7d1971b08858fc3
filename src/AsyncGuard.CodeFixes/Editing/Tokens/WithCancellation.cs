using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Tokens;

/// <summary>Appends a call that takes a token: <c>rows</c> → <c>rows.WithCancellation(token)</c>.</summary>
internal static class WithCancellation
{
    public static ExpressionSyntax On(ExpressionSyntax sequence, string token) => Appended(sequence, "WithCancellation", token);

    public static ExpressionSyntax Appended(ExpressionSyntax value, string method, string token)
    {
        ExpressionSyntax receiver = value.WithoutTrivia();
        if (value is not (SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax or InstanceExpressionSyntax))
            receiver = ParenthesizedExpression(receiver);
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, IdentifierName(method)),
            ArgumentList(SingletonSeparatedList(Argument(ParseExpression(token))))).WithTriviaFrom(value);
    }
}
