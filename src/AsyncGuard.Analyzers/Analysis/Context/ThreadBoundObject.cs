using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Objects that code on another thread must not use, or sees otherwise: the context of a database, controls of a user interface, values
/// that flow with the code.
/// </summary>
internal static class ThreadBoundObject
{
    public static bool IsUsedIn(IOperation code, GuardContext guard)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
                or IInstanceReferenceOperation && IsBound(operation.Type, guard))
                return true;
        }

        return false;
    }

    private static bool IsBound(ITypeSymbol? type, GuardContext guard) =>
        guard.Apis.TypeHas(type, ApiTraits.UserInterface | ApiTraits.OneAtATime)
        || guard.Types.IsAsyncLocal(type);
}
