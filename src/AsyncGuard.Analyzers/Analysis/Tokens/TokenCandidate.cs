using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// A cancellation token that code can name: <c>cancellationToken</c>, <c>context.RequestAborted</c>, <c>_stopping.Token</c>.
/// </summary>
internal readonly struct TokenCandidate(ISymbol owner, string? tokenMember = null, bool isSource = false)
{
    /// <summary>How to write it.</summary>
    public string Expression { get; } = tokenMember is null ? NameOf(owner) : NameOf(owner) + "." + tokenMember;

    /// <summary>The local, parameter, field or property that the expression starts with.</summary>
    public ISymbol Owner { get; } = owner;

    /// <summary>The property of the owner that holds the token, or null where the owner is the token itself.</summary>
    public string? Member { get; } = tokenMember;

    /// <summary>Whether the owner is a <c>CancellationTokenSource</c>.</summary>
    public bool IsSource { get; } = isSource;

    // @event stays @event
    private static string NameOf(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;
}
