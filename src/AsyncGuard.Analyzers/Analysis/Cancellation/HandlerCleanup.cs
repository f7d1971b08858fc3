using AsyncGuard.Analysis.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// A handler that sets back what its <c>try</c> has begun: <c>catch (Exception) { gate.Release(); _running--; await tx.RollbackAsync();
/// }</c> A filter in front of it would leave that undone.
/// </summary>
internal static class HandlerCleanup
{
    private static readonly string[] Words = ["Release", "Return", "Exit", "Leave", "Unlock", "Decrement", "Restore", "Reset"];

    public static bool IsIn(ICatchClauseOperation clause)
    {
        foreach (var operation in clause.Handler.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: var name } when SetsBack(name):
                case IIncrementOrDecrementOperation { Target: IMemberReferenceOperation, Kind: OperationKind.Decrement }:
                case ISimpleAssignmentOperation
                {
                    Target: IFieldReferenceOperation or IPropertyReferenceOperation { Instance: IInstanceReferenceOperation },
                    Value.ConstantValue: { HasValue: true, Value: false or null }
                }:
                    return true;
            }
        }

        return false;
    }

    private static bool SetsBack(string name)
    {
        if (CleanupNames.Releases(name)) return true;
        foreach (var word in Words)
        {
            if (CleanupNames.StartsWith(name, word)) return true;
        }

        return false;
    }
}
