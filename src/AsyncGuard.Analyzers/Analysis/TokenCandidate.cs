using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>A cancellation token that code can name: <c>cancellationToken</c>, <c>context.RequestAborted</c>, <c>_stopping.Token</c>.</summary>
internal readonly struct TokenCandidate(string expression, ISymbol owner)
{
    /// <summary>How to write it.</summary>
    public string Expression { get; } = expression;

    /// <summary>The local, parameter, field or property that the expression starts with.</summary>
    public ISymbol Owner { get; } = owner;
}
