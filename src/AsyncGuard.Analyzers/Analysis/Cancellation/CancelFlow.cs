using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>Whether a task in a local runs when its source is cancelled, and no path from there awaits, returns or looks at it.</summary>
internal static class CancelFlow
{
    public static bool LeavesAlone(TaskHolder holder, IInvocationOperation cancel, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        if (holder.IsShared || CaresOf(holder, cancel, guard) is not { } cares) return false;
        if (FlowGraphs.Inner(FlowGraphs.FunctionsAround(cancel), graphOfMember()) is not { } graph) return false;

        // Another task in the same local is another task; a collection keeps what it has.
        var writes = new HashSet<SyntaxNode>();
        if (!holder.IsCollection) writes.UnionWith(WritesOf(holder));
        var paths = new EventPaths(graph, writes);
        if (!IsRunningAtCancel(holder, cancel.Syntax, paths)) return false;
        return paths.Leads(cancel.Syntax, cares) != true && !LeadToCancel(cares, cancel.Syntax, paths);
    }

    /// <summary>
    /// The uses that observe how the task ends, where it matters when they run; null where other code holds the task and may observe it at
    /// any time.
    /// </summary>
    private static HashSet<SyntaxNode>? CaresOf(TaskHolder holder, IOperation place, GuardContext guard)
    {
        var cares = new HashSet<SyntaxNode>();
        foreach (var use in holder.Uses)
        {
            var fate = use.Fate;
            if (fate.Kind is TaskFateKind.Awaited or TaskFateKind.Returned || IsJoined(fate, guard) || TellsState(fate))
                cares.Add(use.Reference.Syntax);
            else if (holder.TakesCare(use, place, guard)) return null;
        }

        return cares;
    }

    // await Task.WhenAll(first, second)
    private static bool IsJoined(TaskFate fate, GuardContext guard) =>
        fate is { Kind: TaskFateKind.Passed, Place: IInvocationOperation { TargetMethod: var method } }
        && guard.Apis.Has(method, ApiTraits.JoinsAll);

    // while (!task.IsCompleted), Assert.True(task.IsCanceled)
    private static bool TellsState(TaskFate fate) =>
        fate is
        {
            Kind: TaskFateKind.Inspected,
            Place: var place
        }
        && (place is IIsPatternOperation || TaskMembers.State.IsUse(place));

    private static IEnumerable<SyntaxNode> WritesOf(TaskHolder holder)
    {
        foreach (var (write, _) in holder.Writes) yield return write;
    }

    private static bool IsRunningAtCancel(TaskHolder holder, SyntaxNode cancel, EventPaths paths)
    {
        foreach (var (write, start) in holder.Writes)
        {
            if (start is not null && paths.Leads(write, [cancel]) == true) return true;
        }

        return false;
    }

    // await task; …; cts.Cancel();
    private static bool LeadToCancel(HashSet<SyntaxNode> cares, SyntaxNode cancel, EventPaths paths)
    {
        foreach (var care in cares)
        {
            if (paths.Leads(care, [cancel]) == true) return true;
        }

        return false;
    }
}
