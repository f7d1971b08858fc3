using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// Methods of ours whose task is complete when they hand it out: <c>Task&lt;int&gt; CountAsync() => Task.FromResult(_rows.Count);</c>.
/// </summary>
internal static class CompletedReturn
{
    private const int MaxSteps = 4;

    /// <summary>Whether the call's task has nothing left to wait for, whichever <c>return</c> it comes from.</summary>
    public static bool Is(IInvocationOperation call, GuardContext guard) => Is(call, guard, MaxSteps);

    private static bool Is(IOperation value, GuardContext guard, int steps)
    {
        if (steps == 0) return false;
        return Unwrapped.Conversions(value) switch
        {
            IInvocationOperation call => guard.Apis.Has(call.TargetMethod, ApiTraits.Completed) || HandsOutComplete(call, guard, steps - 1),
            IPropertyReferenceOperation property => guard.Apis.Has(property.Property, ApiTraits.Completed),
            IConditionalOperation { WhenTrue: var first, WhenFalse: { } second } =>
                Is(first, guard, steps - 1) && Is(second, guard, steps - 1),
            IThrowOperation => true,
            _ => false,
        };
    }

    // What overrides it may do anything else.
    private static bool HandsOutComplete(IInvocationOperation call, GuardContext guard, int steps)
    {
        if (call.IsVirtual
            || call.TargetMethod is not { IsAsync: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
            || !guard.IsOurs(method))
            return false;
        var isComplete = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } returned }
                    || !IsOf(body, operation))
                    continue;
                if (!Is(returned, guard, steps)) return false;
                isComplete = true;
            }
        }

        return isComplete;
    }

    private static bool IsOf(IOperation body, IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null && !ReferenceEquals(parent, body); parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
        }

        return true;
    }
}
