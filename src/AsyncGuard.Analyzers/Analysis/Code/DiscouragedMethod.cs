using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Code;

/// <summary>Methods that their author advises against: <c>[Obsolete]</c>, <c>[Experimental]</c>.</summary>
internal static class DiscouragedMethod
{
    public static bool Is(IMethodSymbol method, GuardContext guard)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, guard.Types.ObsoleteAttribute) || attribute.AttributeClass?.Name == "ExperimentalAttribute") return true;
        }

        return false;
    }
}
