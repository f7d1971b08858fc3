using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// A call that only hands out the task of a <c>TaskCompletionSource</c>: it has done its work when it returns, and what completes the task
/// runs elsewhere.
/// <code>Task Expect(int id) { var source = new TaskCompletionSource(); _pending[id] = source; return source.Task; }</code>
/// </summary>
internal static class PromisedAnswer
{
    private const int MaxSteps = 4;

    public static bool Is(IOperation start, GuardContext guard) => Is(start, guard, MaxSteps);

    private static bool Is(IOperation value, GuardContext guard, int steps)
    {
        value = Unwrapped.Conversions(value);
        if (TaskMembers.SourceTask.IsUse(value)) return true;
        if (steps == 0) return false;
        if (value is ILocalReferenceOperation)
            return InitialValue.Of(value, guard) is { } initial && initial != value && Is(initial, guard, steps - 1);
        if (value is not IInvocationOperation { IsVirtual: false, TargetMethod: { IsAsync: false } method } || !guard.IsOurs(method))
            return false;
        var isSeen = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IReturnOperation { ReturnedValue: { } returned } || FlowGraphs.FunctionsAround(operation).Count > 0)
                    continue;
                if (!Is(returned, guard, steps - 1)) return false;
                isSeen = true;
            }
        }

        return isSeen;
    }
}
