using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Code;

/// <summary>Whether callers look whether a member gave them null. Read from the text of its type: asked only before a report.</summary>
internal static class NullTests
{
    // if (TryStart() is { } task) await task; var task = Flush(); if (task != null) …; Flush()?.Wait()
    public static bool AreMadeOf(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.AnonymousFunction) return false;
        var name = method.AssociatedSymbol?.Name ?? method.Name;
        foreach (var reference in method.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax called && called.Identifier.ValueText == name && IsTested(Whole(called))) return true;
            }
        }

        return false;
    }

    // Flush, this.Flush(), Flush(a, b)
    private static ExpressionSyntax Whole(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression.Parent)
            {
                case MemberAccessExpressionSyntax access when access.Name == expression:
                    expression = access;
                    break;
                case InvocationExpressionSyntax call when call.Expression == expression:
                    expression = call;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized;
                    break;
                default:
                    return expression;
            }
        }
    }

    private static bool IsTested(ExpressionSyntax expression) => expression.Parent switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison =>
            comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) || comparison.Right.IsKind(SyntaxKind.NullLiteralExpression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => choice.Left == expression,
        IsPatternExpressionSyntax => true,
        ConditionalAccessExpressionSyntax access => access.Expression == expression,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax kept } => IsTestedAsLocal(kept.Identifier.ValueText, kept),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax kept } =>
            IsTestedAsLocal(kept.Identifier.ValueText, kept) || IsTested(Whole((ExpressionSyntax)kept.Parent!)),
        _ => false,
    };

    private static bool IsTestedAsLocal(string name, SyntaxNode declared)
    {
        if (declared.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member) return false;
        foreach (var node in member.DescendantNodes())
        {
            if (node is IdentifierNameSyntax used && used.Identifier.ValueText == name
                && used.Parent is BinaryExpressionSyntax or IsPatternExpressionSyntax or ConditionalAccessExpressionSyntax
                && IsTested(used))
                return true;
        }

        return false;
    }
}
