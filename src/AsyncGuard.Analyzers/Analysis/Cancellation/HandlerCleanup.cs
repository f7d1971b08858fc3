using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// A handler that sets back what its <c>try</c> has begun: <c>catch (Exception) { gate.Release(); _running--; await tx.RollbackAsync();
/// }</c> A filter in front of it would leave that undone.
/// </summary>
internal static class HandlerCleanup
{
    public static bool IsIn(ICatchClauseOperation clause)
    {
        foreach (var operation in clause.Handler.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod.Name: var name } when CleanupNames.SetsBack(name):
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
}
