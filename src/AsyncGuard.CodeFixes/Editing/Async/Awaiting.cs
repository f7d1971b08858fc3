using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// Puts <c>await</c> in front of an expression, in the place of another: parentheses, comments and <c>ConfigureAwait(false)</c> as the code
/// around it asks.
/// </summary>
internal static class Awaiting
{
    /// <summary>
    /// The await expression that takes <paramref name="place"/>'s place. <paramref name="place"/> is the node as it stands in the tree that
    /// is edited.
    /// </summary>
    public static ExpressionSyntax InPlaceOf(ExpressionSyntax place, ExpressionSyntax awaited, bool configureAwait)
    {
        // What stands behind both stays behind the whole.
        var comments = awaited.GetTrailingTrivia().ToFullString() == place.GetTrailingTrivia().ToFullString() ? default
            : InlineComments.In(awaited.GetTrailingTrivia());
        awaited = awaited.WithoutLeadingTrivia().WithTrailingTrivia();
        if (configureAwait) awaited = WithoutContext(awaited);
        else if (awaited is not (CastExpressionSyntax or AwaitExpressionSyntax) && !IsPrimary(awaited))
            awaited = ParenthesizedExpression(awaited);

        ExpressionSyntax result = AwaitExpression(Token(TriviaList(), SyntaxKind.AwaitKeyword, TriviaList(Space)), awaited);
        if (NeedsParentheses(place)) result = ParenthesizedExpression(result);
        return result.WithLeadingTrivia(place.GetLeadingTrivia()).WithTrailingTrivia(comments.AddRange(place.GetTrailingTrivia()));
    }

    /// <summary>
    /// Whether the function around a node awaits with <c>ConfigureAwait(false)</c>, or the file where the function does not await, so that
    /// a new await should too.
    /// </summary>
    public static bool UsesConfigureAwait(SyntaxNode node, FixContext fix, ITypeSymbol? awaited)
    {
        if (awaited is null || !(fix.Guard.Awaitables.IsTask(awaited) || fix.Guard.Awaitables.IsValueTask(awaited))) return false;
        if (EnclosingFunction.Of(node) is not { } function) return false;
        var (configured, plain) = AwaitsIn(function);
        if (configured > 0 || plain > 0) return configured > 0;
        (configured, plain) = AwaitsIn(fix.Root);
        // The code behind the await may need the thread of the user interface, whatever other code of the file does.
        if (configured > 0 && UserInterface.MayHold(fix.MemberOf(node)?.ContainingType, fix.Guard)) return false;
        return configured > 0 && configured >= plain;
    }

    /// <summary>Whether nothing forbids an await at the operation: a <c>ref</c> local or a span cannot live across it.</summary>
    public static bool IsLegalAt(IOperation place) => !RefLikeAcross.Is(place);

    private static (int Configured, int Plain) AwaitsIn(SyntaxNode code)
    {
        var (configured, plain) = (0, 0);
        foreach (var node in code.DescendantNodes())
        {
            if (node is not AwaitExpressionSyntax { Expression: var awaited }) continue;
            if (IsConfigured(awaited)) configured++;
            else plain++;
        }

        return (configured, plain);
    }

    // task.ConfigureAwait(false)
    private static bool IsConfigured(ExpressionSyntax awaited) =>
        ConfiguredTask.Of(awaited)?.Parent is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments }
        && arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression);

    private static ExpressionSyntax WithoutContext(ExpressionSyntax awaited)
    {
        if (ConfiguredTask.Of(awaited) is not null) return awaited;
        var receiver = IsPrimary(awaited) ? awaited : ParenthesizedExpression(awaited);
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, IdentifierName("ConfigureAwait")),
            ArgumentList(SingletonSeparatedList(Argument(LiteralExpression(SyntaxKind.FalseLiteralExpression)))));
    }

    private static bool IsPrimary(ExpressionSyntax expression) => expression is
        SimpleNameSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
        or ElementAccessExpressionSyntax
        or ParenthesizedExpressionSyntax or BaseObjectCreationExpressionSyntax or InstanceExpressionSyntax or DefaultExpressionSyntax
        or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression };

    // (await t).Length, (await t)[0], (await t)!, (await t)?.Name, (await t) with { … }
    private static bool NeedsParentheses(ExpressionSyntax place) => place.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == place,
        ElementAccessExpressionSyntax element => element.Expression == place,
        InvocationExpressionSyntax invocation => invocation.Expression == place,
        ConditionalAccessExpressionSyntax conditional => conditional.Expression == place,
        PostfixUnaryExpressionSyntax or WithExpressionSyntax => true,
        SwitchExpressionSyntax choice => choice.GoverningExpression == place,
        RangeExpressionSyntax => true,
        _ => false,
    };
}
