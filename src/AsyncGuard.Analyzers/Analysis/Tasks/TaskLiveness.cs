using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// Whether some path leads from the place where a task is put into a local to one that takes care of it, before the local is written again.
/// Every point of a <c>try</c> may lead to its handlers.
/// </summary>
internal sealed class TaskLiveness
{
    private readonly ControlFlowGraph _graph;
    private readonly TaskHolder _holder;
    private readonly HashSet<SyntaxNode> _writes = new();
    private readonly HashSet<SyntaxNode> _cares = new();
    private readonly List<SyntaxNode>?[] _events;

    private TaskLiveness(TaskHolder holder, IOperation place, ControlFlowGraph graph, GuardContext guard)
    {
        _graph = graph;
        _holder = holder;
        foreach (var (write, _) in holder.Writes) _writes.Add(write);
        foreach (var use in holder.Uses)
        {
            if (holder.TakesCare(use, place, guard)) _cares.Add(use.Reference.Syntax);
        }

        _events = new List<SyntaxNode>?[graph.Blocks.Length];
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations) Collect(operation, block.Ordinal);
            if (block.BranchValue is { } value) Collect(value, block.Ordinal);
        }
    }

    /// <summary>The first started task that is written over, or cannot be reached any more, before anybody takes care of it; null where there is none.</summary>
    public static IOperation? Lost(TaskHolder holder, IOperation place, ControlFlowGraph outermost, GuardContext guard)
    {
        if (holder.IsShared || holder.IsCollection || IsUsedByLocalFunction(holder, place) || FlowGraphs.Inner(FlowGraphs.FunctionsAround(place), outermost) is not { } graph) return null;
        var flow = new TaskLiveness(holder, place, graph, guard);
        foreach (var (write, start) in holder.Writes)
        {
            if (start is not null && flow.IsLost(write)) return start;
        }

        return null;
    }

    // Task Both() => Task.WhenAll(task, other): whoever calls it has the task, and that is not followed
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

    private bool IsLost(SyntaxNode write)
    {
        foreach (var block in _graph.Blocks)
        {
            if (_events[block.Ordinal] is not { } events || events.IndexOf(write) is not (>= 0 and var index)) continue;

            // A write that nothing reaches loses nothing.
            return block.IsReachable && !LeadsToCare(block, index + 1);
        }

        return false;
    }

    private bool LeadsToCare(BasicBlock start, int index)
    {
        var seen = new HashSet<int>();
        var waiting = new Stack<(BasicBlock Block, int Index)>();
        waiting.Push((start, index));
        while (waiting.Count > 0)
        {
            var (block, from) = waiting.Pop();
            var isWritten = false;
            for (var i = from; _events[block.Ordinal] is { } events && i < events.Count && !isWritten; i++)
            {
                if (_cares.Contains(events[i])) return true;
                isWritten = _writes.Contains(events[i]);
            }

            AddHandlers(block, seen, waiting);
            if (isWritten) continue;
            Add(block.FallThroughSuccessor?.Destination, seen, waiting);
            Add(block.ConditionalSuccessor?.Destination, seen, waiting);
        }

        return false;
    }

    private void AddHandlers(BasicBlock block, HashSet<int> seen, Stack<(BasicBlock Block, int Index)> waiting)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind is not (ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally)) continue;
            for (var i = 1; i < region.NestedRegions.Length; i++) Add(_graph.Blocks[region.NestedRegions[i].FirstBlockOrdinal], seen, waiting);
        }
    }

    private static void Add(BasicBlock? block, HashSet<int> seen, Stack<(BasicBlock Block, int Index)> waiting)
    {
        if (block is not null && seen.Add(block.Ordinal)) waiting.Push((block, 0));
    }

    private void Collect(IOperation operation, int block)
    {
        // The value is there before the name is written.
        if (operation is ISimpleAssignmentOperation assignment)
        {
            Collect(assignment.Value, block);
            Collect(assignment.Target, block);
            return;
        }

        // Use(async () => await task): whoever gets the lambda gets the task
        if (operation is IFlowAnonymousFunctionOperation lambda)
        {
            foreach (var care in _cares)
            {
                if (lambda.Syntax.Span.Contains(care.Span)) (_events[block] ??= new List<SyntaxNode>()).Add(care);
            }
        }

        foreach (var child in operation.ChildOperations) Collect(child, block);
        if (operation is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, _holder.Local)) (_events[block] ??= new List<SyntaxNode>()).Add(operation.Syntax);
    }
}
