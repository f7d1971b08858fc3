using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// Whether a task in a local runs when its source is cancelled, and no path from there awaits, returns or looks at it. Every point of a <c>try</c> may lead to its
/// handlers, and the end of a <c>finally</c> to wherever one leads, so that a path too many keeps the rule silent.
/// </summary>
internal sealed class CancelFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly SyntaxNode _cancel;
    private readonly HashSet<SyntaxNode> _cares;
    private readonly HashSet<SyntaxNode> _writes = new();
    private readonly bool _forgetsOnWrite;
    private readonly List<SyntaxNode>?[] _events;

    private CancelFlow(TaskHolder holder, SyntaxNode cancel, HashSet<SyntaxNode> cares, ControlFlowGraph graph)
    {
        _graph = graph;
        _cancel = cancel;
        _cares = cares;
        _forgetsOnWrite = !holder.IsCollection;
        foreach (var (write, start) in holder.Writes)
        {
            if (start is not null || _forgetsOnWrite) _writes.Add(write);
        }

        _events = new List<SyntaxNode>?[graph.Blocks.Length];
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in FlowGraphs.InOrder(block))
            {
                if (operation is ILocalReferenceOperation or IInvocationOperation && (operation.Syntax == cancel || cares.Contains(operation.Syntax) || _writes.Contains(operation.Syntax)))
                    (_events[block.Ordinal] ??= new List<SyntaxNode>()).Add(operation.Syntax);
            }
        }
    }

    public static bool LeavesAlone(TaskHolder holder, IInvocationOperation cancel, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        if (holder.IsShared || CaresOf(holder, cancel, guard) is not { } cares) return false;
        if (FlowGraphs.Inner(FlowGraphs.FunctionsAround(cancel), graphOfMember()) is not { } graph) return false;

        var flow = new CancelFlow(holder, cancel.Syntax, cares, graph);
        return flow.IsRunningAtCancel(holder) && !flow.Leads(cancel.Syntax, cares) && !flow.CaresLeadToCancel();
    }

    /// <summary>The uses that get to know how the task ends, where it matters when they run; null where somebody has the task who may at any time.</summary>
    private static HashSet<SyntaxNode>? CaresOf(TaskHolder holder, IOperation place, GuardContext guard)
    {
        var cares = new HashSet<SyntaxNode>();
        foreach (var use in holder.Uses)
        {
            var fate = use.Fate;
            if (fate.Kind is TaskFateKind.Awaited or TaskFateKind.Returned || IsJoined(fate, guard) || TellsState(fate)) cares.Add(use.Reference.Syntax);
            else if (holder.TakesCare(use, place, guard)) return null;
        }

        return cares;
    }

    // await Task.WhenAll(first, second)
    private static bool IsJoined(TaskFate fate, GuardContext guard) =>
        fate is { Kind: TaskFateKind.Passed, Place: IInvocationOperation { TargetMethod: var method } } && guard.Apis.Has(method, ApiTraits.JoinsAll);

    // while (!task.IsCompleted), Assert.True(task.IsCanceled)
    private static bool TellsState(TaskFate fate) =>
        fate is { Kind: TaskFateKind.Inspected, Place: IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCanceled" or "IsFaulted" or "IsCompletedSuccessfully" or "Status" } or IIsPatternOperation };

    private bool IsRunningAtCancel(TaskHolder holder)
    {
        foreach (var (write, start) in holder.Writes)
        {
            if (start is not null && Leads(write, new HashSet<SyntaxNode> { _cancel })) return true;
        }

        return false;
    }

    // await task; …; cts.Cancel();
    private bool CaresLeadToCancel()
    {
        var cancel = new HashSet<SyntaxNode> { _cancel };
        foreach (var care in _cares)
        {
            if (Leads(care, cancel)) return true;
        }

        return false;
    }

    private bool Leads(SyntaxNode from, HashSet<SyntaxNode> targets)
    {
        foreach (var block in _graph.Blocks)
        {
            if (_events[block.Ordinal] is { } events && events.LastIndexOf(from) is >= 0 and var index) return block.IsReachable && Leads(block, index + 1, targets);
        }

        return false;
    }

    private bool Leads(BasicBlock start, int index, HashSet<SyntaxNode> targets)
    {
        var seen = new HashSet<int>();
        var waiting = new Stack<(BasicBlock Block, int Index)>();
        waiting.Push((start, index));
        while (waiting.Count > 0)
        {
            var (block, from) = waiting.Pop();
            var isForgotten = false;
            for (var i = from; _events[block.Ordinal] is { } events && i < events.Count && !isForgotten; i++)
            {
                if (targets.Contains(events[i])) return true;
                isForgotten = _forgetsOnWrite && _writes.Contains(events[i]);
            }

            AddHandlers(block, seen, waiting);
            if (isForgotten) continue;
            Add(block.FallThroughSuccessor, block, seen, waiting);
            Add(block.ConditionalSuccessor, block, seen, waiting);
        }

        return false;
    }

    private void Add(ControlFlowBranch? branch, BasicBlock block, HashSet<int> seen, Stack<(BasicBlock Block, int Index)> waiting)
    {
        if (branch is null) return;
        if (branch.Destination is { } next) Push(next, seen, waiting);
        else if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling) AddWhereFinallyLeads(block, seen, waiting);
    }

    private void AddWhereFinallyLeads(BasicBlock end, HashSet<int> seen, Stack<(BasicBlock Block, int Index)> waiting)
    {
        foreach (var block in _graph.Blocks)
        {
            if (block.FallThroughSuccessor is { FinallyRegions.IsEmpty: false, Destination: { } next } branch && Holds(branch, end)) Push(next, seen, waiting);
            if (block.ConditionalSuccessor is { FinallyRegions.IsEmpty: false, Destination: { } other } choice && Holds(choice, end)) Push(other, seen, waiting);
        }
    }

    private static bool Holds(ControlFlowBranch branch, BasicBlock block)
    {
        foreach (var region in branch.FinallyRegions)
        {
            if (region.FirstBlockOrdinal <= block.Ordinal && block.Ordinal <= region.LastBlockOrdinal) return true;
        }

        return false;
    }

    private void AddHandlers(BasicBlock block, HashSet<int> seen, Stack<(BasicBlock Block, int Index)> waiting)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            // Only the try has handlers, which is the first of the regions inside.
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } attempt) continue;
            for (var i = 1; i < attempt.NestedRegions.Length; i++) Push(_graph.Blocks[attempt.NestedRegions[i].FirstBlockOrdinal], seen, waiting);
        }
    }

    private static void Push(BasicBlock block, HashSet<int> seen, Stack<(BasicBlock Block, int Index)> waiting)
    {
        if (seen.Add(block.Ordinal)) waiting.Push((block, 0));
    }
}
