using System.Threading;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>A token parameter that its function takes and never names, although only the function's author asked for it.</summary>
internal static class UnusedToken
{
    /// <summary>Whether the function takes the token of its own accord and does nothing with it.</summary>
    public static bool Is(IParameterSymbol parameter, IMethodSymbol function, GuardContext guard, CancellationToken cancellationToken)
    {
        if (!guard.Tokens.IsToken(parameter.Type) || parameter.RefKind == RefKind.Out || parameter.IsDiscard
            || parameter.Name.Trim('_').Length == 0)
            return false;
        if (CodeOf(function) is not { } code || Names(code, parameter.Name)) return false;
        if (IsOfIteratorWithoutAttribute(parameter, function, guard) || CleanupNames.Releases(function.Name)) return false;
        return !FixedSignature.Is(function, guard, cancellationToken);
    }

    /// <summary>Whether the token is such a parameter.</summary>
    public static bool IsOwnerOf(TokenCandidate token, GuardContext guard) =>
        token.Owner is IParameterSymbol
        {
            ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } function
        } parameter
        && Is(parameter, function, guard, CancellationToken.None);

    /// <summary>What the function runs: its block or the expression behind the arrow; null where it has none.</summary>
    public static SyntaxNode? CodeOf(IMethodSymbol function)
    {
        if (function.DeclaringSyntaxReferences.Length != 1) return null;
        return function.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
            LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
            AnonymousFunctionExpressionSyntax lambda => lambda.Body,
            _ => null,
        };
    }

    // Also in code that another target framework compiles.
    private static bool Names(SyntaxNode code, string name)
    {
        foreach (var token in code.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name) return true;
            if (!token.HasLeadingTrivia) continue;
            foreach (var trivia in token.LeadingTrivia)
            {
                if (trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(name)) return true;
            }
        }

        return false;
    }

    // async IAsyncEnumerable<T> ReadAsync(CancellationToken token) without [EnumeratorCancellation]
    private static bool IsOfIteratorWithoutAttribute(IParameterSymbol parameter, IMethodSymbol function, GuardContext guard)
    {
        if (!SymbolEqualityComparer.Default.Equals(function.ReturnType.OriginalDefinition, guard.Types.AsyncEnumerableOfT)) return false;
        foreach (var attribute in parameter.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, guard.Types.EnumeratorCancellationAttribute)) return false;
        }

        return true;
    }
}
