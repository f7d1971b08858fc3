using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>Members that the compiler warns about: no rule sends code to them.</summary>
internal static class Discouraged
{
    /// <summary>Whether the member is marked <c>[Obsolete]</c> or <c>[Experimental]</c>.</summary>
    public static bool Is(ISymbol member, KnownTypes types)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && (Same(type, types.ObsoleteAttribute) || Same(type, types.ExperimentalAttribute)))
                return true;
        }

        return false;
    }

    private static bool Same(INamedTypeSymbol type, INamedTypeSymbol? known) => SymbolEqualityComparer.Default.Equals(type, known);
}
