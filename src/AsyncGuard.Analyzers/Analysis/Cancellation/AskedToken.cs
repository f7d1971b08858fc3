using System;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// The token by which others ask the work at a place to stop. A source of the function's own is a limit of one attempt, and its token is
/// cancelled too where the attempt takes too long.
/// </summary>
internal static class AskedToken
{
    /// <summary>The innermost such token, or the innermost that is <paramref name="preferred"/>; null where there is none.</summary>
    public static TokenCandidate? Of(IOperation place, ISymbol? member, GuardContext guard, Func<TokenCandidate, bool>? preferred = null)
    {
        TokenCandidate? first = null;
        foreach (var token in TokenScope.Of(guard).All(place, member))
        {
            if (IsOfAttempt(token)) continue;
            if (preferred?.Invoke(token) != false) return token;
            first ??= token;
        }

        return first;
    }

    // using var limit = CancellationTokenSource.CreateLinkedTokenSource(token), also var token = limit.Token
    private static bool IsOfAttempt(TokenCandidate token) =>
        token.Owner is ILocalSymbol local
        && (token.Expression.IndexOf('.') >= 0 || local.DeclaringSyntaxReferences.Length != 1
        || local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax
        {
            Initializer.Value: MemberAccessExpressionSyntax { Name.Identifier.ValueText: not WellKnownMember.Token } or IdentifierNameSyntax
        });
}
