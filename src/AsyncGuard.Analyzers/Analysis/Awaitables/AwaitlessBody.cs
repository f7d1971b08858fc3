using System;
using System.Threading;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>The body of an async function that neither awaits nor yields.</summary>
internal static class AwaitlessBody
{
    /// <summary>The body, or null where it awaits, yields, would under other build symbols, or is still to be written.</summary>
    public static SyntaxNode? Of(IMethodSymbol function, CancellationToken cancellationToken)
    {
        if (function.DeclaringSyntaxReferences.Length != 1) return null;
        var (body, arrow) = function.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) switch
        {
            MethodDeclarationSyntax method => ((SyntaxNode?)method.Body, (SyntaxNode?)method.ExpressionBody),
            LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody),
            _ => default,
        };
        return (body ?? arrow) is { } code && !Suspends(code) && !HasDisabledAwait(code) && !IsPlaceholder(code) ? code : null;
    }

    // async Task LoadAsync() { throw new NotImplementedException(); }
    private static bool IsPlaceholder(SyntaxNode code)
    {
        var thrown = code switch
        {
            BlockSyntax { Statements: { Count: 1 } only } => (only[0] as ThrowStatementSyntax)?.Expression,
            ArrowExpressionClauseSyntax { Expression: ThrowExpressionSyntax expression } => expression.Expression,
            _ => null,
        };
        return thrown is ObjectCreationExpressionSyntax { Type: var type }
            && PlainTypeNames.IsNotImplemented(type.ToString());
    }

    private static bool Suspends(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes(
            static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case AwaitExpressionSyntax or YieldStatementSyntax:
                case CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }:
                case UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }:
                case LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 }:
                    return true;
            }
        }

        return false;
    }

    // #if NET … #else await LegacyAsync(); #endif
    private static bool HasDisabledAwait(SyntaxNode code)
    {
        if (!code.ContainsDirectives) return false;
        foreach (var trivia in code.DescendantTrivia(descendIntoTrivia: false))
        {
            if (trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().IndexOf("await", StringComparison.Ordinal) >= 0)
                return true;
        }

        return false;
    }
}
