using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Async code that runs on a thread of the pool by choice: <c>Task.Run(async () => …)</c>, a private method that is passed to
/// <c>Task.Run</c> alone.
/// </summary>
internal static class OffloadedWork
{
    public static bool Is(IOperation operation, CodeContext place, GuardContext guard)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && DelegateUse.Of(lambda, guard).Kind == DelegateUseKind.Offloaded)
                return true;
        }

        return OffloadedMethod.Is(place.Function, operation, guard);
    }
}
