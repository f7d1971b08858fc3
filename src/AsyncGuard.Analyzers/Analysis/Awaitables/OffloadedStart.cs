using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>What happens to work that <c>Task.Run</c> has started.</summary>
internal static class OffloadedStart
{
    /// <summary>
    /// Whether the code that starts the work also waits for it: awaits it, returns it, or keeps it for <c>Task.WhenAll</c>. Work that no
    /// code waits for, or that a field keeps, is intended to run beside its starter.
    /// </summary>
    public static bool IsWaitedFor(IInvocationOperation run, GuardContext guard)
    {
        var fate = TaskFate.Of(run, guard);
        switch (fate.Kind)
        {
            case TaskFateKind.Awaited:
                return fate.Place is IAwaitOperation;
            case TaskFateKind.Returned:
                return true;
            case TaskFateKind.Passed:
                return fate.Place is IInvocationOperation { TargetMethod: var joined } && guard.Apis.Has(joined, ApiTraits.JoinsAll);
            case TaskFateKind.Kept or TaskFateKind.Collected when fate.Holder is { } holder:
                foreach (var use in TaskHolder.Of(holder, run, guard).Uses)
                {
                    if (use.Fate.Kind == TaskFateKind.Awaited && use.Fate.Place is IAwaitOperation) return true;
                    if (use.Fate is { Kind: TaskFateKind.Passed, Place: IInvocationOperation { TargetMethod: var together } }
                        && guard.Apis.Has(together, ApiTraits.JoinsAll))
                        return true;
                }

                return false;
            default:
                return false;
        }
    }
}
