using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>The types that carry a cancellation.</summary>
internal sealed class TokenTypes(KnownTypes types)
{
    public bool IsToken(ITypeSymbol? type) =>
        type is { Name: "CancellationToken" } && SymbolEqualityComparer.Default.Equals(type, types.CancellationToken);

    public bool IsSource(ITypeSymbol? type) =>
        type is { Name: "CancellationTokenSource" } && SymbolEqualityComparer.Default.Equals(type, types.CancellationTokenSource);

    /// <summary>Whether a parameter of the type takes a token: <c>CancellationToken</c>, <c>CancellationToken?</c>.</summary>
    public bool TakesToken(ITypeSymbol type) =>
        IsToken(type)
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        && IsToken(nullable.TypeArguments[0]));
}
