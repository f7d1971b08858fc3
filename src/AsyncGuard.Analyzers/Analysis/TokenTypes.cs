using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>The types that carry a cancellation.</summary>
internal sealed class TokenTypes(KnownTypes types)
{
    public bool IsToken(ITypeSymbol? type) =>
        types.IsToken(type);

    public bool IsSource(ITypeSymbol? type) =>
        types.IsTokenSource(type);

    /// <summary>Whether a parameter of the type takes a token: <c>CancellationToken</c>, <c>CancellationToken?</c>.</summary>
    public bool TakesToken(ITypeSymbol type) =>
        IsToken(type)
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        && IsToken(nullable.TypeArguments[0]));
}
