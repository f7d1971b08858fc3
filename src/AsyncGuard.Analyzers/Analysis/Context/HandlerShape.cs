using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Context;

/// <summary>Recognises functions that handle events, which have to return nothing.</summary>
internal static class HandlerShape
{
    // (object sender, EventArgs e), also where the arguments of a UI framework do not derive from EventArgs
    public static bool Is(IMethodSymbol function) =>
        function.Parameters.Length == 2
        && function.Parameters[0].Type is { IsReferenceType: true, SpecialType: not SpecialType.System_String }
        && IsEventArgs(function.Parameters[1].Type);

    private static bool IsEventArgs(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (ConventionalNames.IsEventArgs(current.Name)) return true;
        }

        return type is ITypeParameterSymbol { ConstraintTypes: { Length: > 0 } constraints } && IsEventArgs(constraints[0]);
    }
}
