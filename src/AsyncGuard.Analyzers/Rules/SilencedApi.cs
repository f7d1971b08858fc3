using AsyncGuard.Analysis;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Rules;

/// <summary>The APIs of which the project says <c>none</c>: whatever a rule finds in their use, it is silent.</summary>
internal static class SilencedApi
{
    /// <summary>
    /// Whether such an API is what the place uses: a call, a creation, a property, also behind <c>await</c>, <c>?.</c>, parentheses and
    /// <c>ConfigureAwait</c>.
    /// </summary>
    public static bool IsUsedAt(SyntaxNode place, IOperation operation, GuardContext guard)
    {
        if (!guard.Apis.SilencesAny || operation.SemanticModel is not { } model || model.SyntaxTree != place.SyntaxTree) return false;
        for (SyntaxNode? use = place; use is not null; use = Inner(use))
        {
            if (guard.Apis.IsSilenced(model.GetSymbolInfo(use).Symbol)) return true;
        }

        return false;
    }

    // await x, (x), a?.x, x.ConfigureAwait(false), x!
    private static SyntaxNode? Inner(SyntaxNode place) => place switch
    {
        ExpressionStatementSyntax statement => statement.Expression,
        AwaitExpressionSyntax awaiting => awaiting.Expression,
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        ConditionalAccessExpressionSyntax conditional => conditional.WhenNotNull,
        PostfixUnaryExpressionSyntax suppressed => suppressed.Operand,
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: WellKnownMember.ConfigureAwait } access
        } =>
                access.Expression,
        _ => null,
    };
}
