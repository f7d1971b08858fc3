using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>
/// A loop that awaits, one after the other, tasks that were all started before it: <c>foreach (var t in started) await t;</c>
/// </summary>
internal static class AwaitedInLoop
{
    /// <summary>The collection whose other tasks are left alone when the await throws, or null.</summary>
    public static ILocalSymbol? Of(IAwaitOperation awaited, GuardContext guard)
    {
        if (LoopOver(awaited) is not { } found || found.Collection is not { } collection
            || !guard.Awaitables.HoldsAwaitables(collection.Type))
            return null;
        if (FailureHandling.StaysInside(found.Loop, awaited) || HandsOutOneByOne(found.Loop)) return null;

        var holder = TaskHolder.Of(collection, awaited, guard);
        if (holder.IsShared || !AreSeveral(holder, guard) || FailureHandling.LeadsTo(holder, awaited)) return null;
        if (UnfailingWork.AreAll(holder.Starts, guard) || EndedByCleanup.AreAll(holder.Starts, awaited, guard)) return null;
        foreach (var use in holder.Uses)
        {
            // await Task.WhenAll(started) before the loop, or other code that has them
            if (use.Fate.Kind is TaskFateKind.Inspected or TaskFateKind.Written) continue;
            if (!found.Loop.Syntax.Span.Contains(use.Reference.Syntax.Span)) return null;
        }

        return collection;
    }

    // foreach (var t in started) yield return await t: the code that enumerates gets each result as soon as it is available
    private static bool HandsOutOneByOne(ILoopOperation loop)
    {
        foreach (var operation in loop.Body.DescendantsAndSelf())
        {
            if (operation.Kind == OperationKind.YieldReturn) return true;
        }

        return false;
    }

    private static (ILoopOperation Loop, ILocalSymbol? Collection)? LoopOver(IAwaitOperation awaited)
    {
        switch (Unwrapped.Awaited(awaited.Operation))
        {
            // foreach (var t in started) await t;
            case ILocalReferenceOperation { Local: var item }:
                for (var parent = awaited.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
                    parent = parent.Parent)
                {
                    if (parent is IForEachLoopOperation loop && loop.Locals.ContainsSymbol(item))
                        return (loop, (Unwrapped.Awaited(loop.Collection) as ILocalReferenceOperation)?.Local);
                }

                return null;

            // for (var i = 0; i < started.Length; i++) await started[i];
            case IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation { Local: var array } }:
                return ForLoopAround(awaited) is { } counted ? (counted, array) : null;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: ILocalReferenceOperation { Local: var list } }:
                return ForLoopAround(awaited) is { } counting ? (counting, list) : null;

            default:
                return null;
        }
    }

    private static ILoopOperation? ForLoopAround(IOperation place)
    {
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is IForLoopOperation loop) return loop;
        }

        return null;
    }

    // Started one by one in a loop or a selector, or at least two of them. A lazy sequence starts each when its turn comes.
    private static bool AreSeveral(TaskHolder holder, GuardContext guard)
    {
        if (Enumeration.IsSequence(holder.Local.Type, guard)) return false;
        foreach (var start in holder.Starts)
        {
            if (StartedTask.IsDelay(start)) return false;
        }

        if (holder.Starts.Count > 1) return true;
        if (holder.Starts.Count == 0) return false;
        if (!guard.Awaitables.IsAwaitable(holder.Starts[0].Type)) return true;
        for (var parent = holder.Starts[0].Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILoopOperation) return true;
        }

        return false;
    }
}
