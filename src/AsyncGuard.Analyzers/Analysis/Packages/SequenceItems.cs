using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Packages;

/// <summary>What a type hands out to <c>await foreach</c> or to <c>foreach</c>.</summary>
internal static class SequenceItems
{
    /// <summary>The items of <c>IAsyncEnumerable&lt;T&gt;</c>, or of a type that implements it; null where there are none.</summary>
    public static ITypeSymbol? AsyncOf(ITypeSymbol type, GuardContext guard)
    {
        if (guard.Types.AsyncEnumerableOfT is not { } sequence) return null;
        if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, sequence)) return ((INamedTypeSymbol)type).TypeArguments[0];
        foreach (var contract in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, sequence)) return contract.TypeArguments[0];
        }

        return null;
    }

    /// <summary>The items of <c>IEnumerable&lt;T&gt;</c>, or of a type that implements it; null where there are none.</summary>
    public static ITypeSymbol? Of(ITypeSymbol type)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            return ((INamedTypeSymbol)type).TypeArguments[0];
        foreach (var contract in type.AllInterfaces)
        {
            if (contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
                return contract.TypeArguments[0];
        }

        return null;
    }
}
