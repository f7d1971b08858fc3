using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Objects that code on another thread must not use, or sees otherwise: the context of a database, controls of a user interface, values
/// that flow with the code.
/// </summary>
internal static class ThreadBoundObject
{
    public static bool IsUsedIn(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
                or IInstanceReferenceOperation && IsBound(operation.Type))
                return true;
        }

        return false;
    }

    private static bool IsBound(ITypeSymbol? type)
    {
        for (var current = type; current is not null && current.SpecialType == SpecialType.None; current = current.BaseType)
        {
            if (current.Name is "DbContext" or "AsyncLocal" or "DispatcherObject" or "DependencyObject" or "BindableObject"
                or "AvaloniaObject" or "Control" or "ComponentBase")
                return true;
        }

        return false;
    }
}
