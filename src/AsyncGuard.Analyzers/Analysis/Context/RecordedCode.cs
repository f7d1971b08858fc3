using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>Code that is written down rather than run: whatever it seems to start or to make, it does not.</summary>
internal static class RecordedCode
{
    /// <summary>Whether the operation stands in an expression tree, or among the calls that a mock expects.</summary>
    public static bool Is(IOperation operation, GuardContext guard)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && (IsExpressionTree(lambda, guard) || IsExpectation(lambda, guard)))
                return true;
        }

        return false;
    }

    // Expression<Action<T>> e = x => x.SaveAsync()
    private static bool IsExpressionTree(IAnonymousFunctionOperation lambda, GuardContext guard)
    {
        for (var use = lambda.Parent; use is IConversionOperation or IParenthesizedOperation or IDelegateCreationOperation;
            use = use.Parent)
        {
            if (use is IConversionOperation && guard.Types.IsExpressionTree(use.Type)) return true;
        }

        return false;
    }

    // Received.InOrder(() => { … }), substitute.When(x => x.SaveAsync())
    private static bool IsExpectation(IAnonymousFunctionOperation lambda, GuardContext guard)
    {
        var use = Unwrapped.DelegateAround(lambda).Parent;
        return use is IArgumentOperation { Parent: IInvocationOperation call }
            && guard.Apis.TypeEntry(call.TargetMethod.ContainingType, ApiTraits.ObservesTask) is not null;
    }
}
