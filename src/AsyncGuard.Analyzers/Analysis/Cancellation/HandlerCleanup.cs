using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// A handler that sets back what its <c>try</c> has begun: <c>catch (Exception) { gate.Release(); _running--; await tx.RollbackAsync();
/// }</c> A filter in front of it would leave that undone. So does one with a call that is not to be cancelled:
/// <c>catch (Exception) { await MarkFailedAsync(id, CancellationToken.None); }</c>
/// </summary>
internal static class HandlerCleanup
{
    public static bool IsIn(ICatchClauseOperation clause, GuardContext guard)
    {
        foreach (var operation in clause.Handler.Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation call when CleanupNames.SetsBack(call.TargetMethod.Name) || RefusedToken.Is(call, guard):
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
