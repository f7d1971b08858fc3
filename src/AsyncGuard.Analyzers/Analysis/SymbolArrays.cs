using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>Membership by symbol identity.</summary>
internal static class SymbolArrays
{
    public static bool ContainsSymbol<TSymbol>(this ImmutableArray<TSymbol> symbols, ISymbol? symbol)
        where TSymbol : ISymbol
    {
        foreach (var candidate in symbols)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate, symbol)) return true;
        }

        return false;
    }
}
