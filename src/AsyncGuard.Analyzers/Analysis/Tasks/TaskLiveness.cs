using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// Whether some path leads from the place where a task is put into a local to one that takes care of it, before the local is written again.
/// </summary>
internal static class TaskLiveness
{
    /// <summary>
    /// The first started task that is written over, or cannot be reached any more, before anything takes care of it; null where there is
    /// none.
    /// </summary>
    public static IOperation? Lost(TaskHolder holder, IOperation place, ControlFlowGraph outermost, GuardContext guard)
    {
        if (holder.IsShared || holder.IsCollection || IsUsedByLocalFunction(holder, place)) return null;
        if (FlowGraphs.Inner(FlowGraphs.FunctionsAround(place), outermost) is not { } graph) return null;
        var writes = new HashSet<SyntaxNode>();
        foreach (var (write, _) in holder.Writes) writes.Add(write);
        var cares = new HashSet<SyntaxNode>();
        foreach (var use in holder.Uses)
        {
            if (holder.TakesCare(use, place, guard)) cares.Add(use.Reference.Syntax);
        }

        // A write that nothing reaches loses nothing.
        var paths = new EventPaths(graph, writes);
        foreach (var (write, start) in holder.Writes)
        {
            if (start is not null && paths.Leads(write, cares) == false) return start;
        }

        return null;
    }

    // Task Both() => Task.WhenAll(task, other): its caller has the task, and that is not followed
    private static bool IsUsedByLocalFunction(TaskHolder holder, IOperation place)
    {
        var around = FlowGraphs.FunctionsAround(place);
        foreach (var use in holder.Uses)
        {
            if (use.Fate.Kind != TaskFateKind.Captured) continue;
            foreach (var function in FlowGraphs.FunctionsAround(use.Reference))
            {
                if (function is ILocalFunctionOperation && !around.Contains(function)) return true;
            }
        }

        return false;
    }
}
