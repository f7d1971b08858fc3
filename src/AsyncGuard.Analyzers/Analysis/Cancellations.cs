using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>The exceptions that report a cancellation.</summary>
internal sealed class Cancellations(KnownTypes types)
{
    /// <summary>
    /// Whether a <c>catch</c> of the type gets cancellations: of everything, of <c>Exception</c>, of <c>OperationCanceledException</c>, of
    /// <c>TaskCanceledException</c>.
    /// </summary>
    public bool Catches(ITypeSymbol? type) => type is null or { SpecialType: SpecialType.System_Object } || Is(type) || IsBase(type);

    /// <summary>Whether the type is one of the cancellation exceptions.</summary>
    public bool Is(ITypeSymbol? type) => types.IsCancellation(type);

    private bool IsBase(ITypeSymbol type)
    {
        for (var current = types.OperationCanceledException?.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, type)) return true;
        }

        return false;
    }
}
