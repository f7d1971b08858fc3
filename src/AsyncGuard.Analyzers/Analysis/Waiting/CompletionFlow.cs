using System.Collections.Generic;
using System.Runtime.CompilerServices;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// Which tasks are complete at which point of one function: a forward must-analysis over its control flow graph.
/// A fact holds only where it holds on every path that leads there.
/// </summary>
internal sealed class CompletionFlow
{
    // A graph beyond this is generated code in disguise; its tasks count as complete, so that nothing is reported on a guess.
    private const int MaxBlocks = 3000;

    private static readonly ConditionalWeakTable<ControlFlowGraph, CompletionFlow> Flows = new();

    private readonly ControlFlowGraph _graph;
    private readonly CompletionTransfer _transfer;
    private readonly HashSet<CompletionFact>?[] _atStart;

    private CompletionFlow(ControlFlowGraph graph, GuardContext guard)
    {
        _graph = graph;
        _transfer = new CompletionTransfer(guard, graph);
        _atStart = new HashSet<CompletionFact>?[graph.Blocks.Length];
        if (!GivesUp) Solve();
    }

    private bool GivesUp => _graph.Blocks.Length > MaxBlocks;

    public static CompletionFlow Of(ControlFlowGraph graph, GuardContext guard) =>
        Flows.TryGetValue(graph, out var known) ? known : Flows.GetValue(graph, created => new CompletionFlow(created, guard));

    /// <summary>Whether the fact holds right before the operation with this syntax runs.</summary>
    public bool HoldsAt(CompletionFact fact, SyntaxNode place)
    {
        if (GivesUp) return true;
        foreach (var block in _graph.Blocks)
        {
            if (!Contains(block, place)) continue;
            // A block that nothing reaches proves everything.
            if (_atStart[block.Ordinal] is not { } start) return true;
            var facts = new HashSet<CompletionFact>(start);
            _transfer.Run(block, facts, until: place);
            return facts.Contains(fact);
        }

        return false;
    }

    private static bool Contains(BasicBlock block, SyntaxNode place)
    {
        foreach (var operation in block.Operations)
        {
            if (operation.Syntax.Span.IntersectsWith(place.Span) && FlowGraphs.Contains(operation, place)) return true;
        }

        return block.BranchValue is { } value && FlowGraphs.Contains(value, place);
    }

    private void Solve()
    {
        _atStart[0] = new HashSet<CompletionFact>();
        bool changed;
        do
        {
            changed = false;
            foreach (var block in _graph.Blocks)
            {
                if (_atStart[block.Ordinal] is not { } start)
                {
                    if (StartOfHandler(block) is not { } entered) continue;
                    _atStart[block.Ordinal] = start = entered;
                    changed = true;
                }

                var facts = new HashSet<CompletionFact>(start);
                _transfer.Run(block, facts, until: null);
                changed |= Flow(block, block.FallThroughSuccessor, facts, taken: false);
                changed |= Flow(block, block.ConditionalSuccessor, facts, taken: true);
            }
        }
        while (changed);
    }

    private bool Flow(BasicBlock block, ControlFlowBranch? branch, HashSet<CompletionFact> facts, bool taken)
    {
        if (branch?.Destination is not { } destination) return false;
        if (block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } condition)
        {
            facts = new HashSet<CompletionFact>(facts);
            _transfer.Conditions.Assume(condition, taken == (block.ConditionKind == ControlFlowConditionKind.WhenTrue), facts);
        }

        var known = _atStart[destination.Ordinal];
        if (known is null)
        {
            _atStart[destination.Ordinal] = new HashSet<CompletionFact>(facts);
            return true;
        }

        var before = known.Count;
        known.IntersectWith(facts);
        return known.Count != before;
    }

    /// <summary>A handler starts with what holds at every point of its <c>try</c>: at least what held before it and is not undone in it.</summary>
    private HashSet<CompletionFact>? StartOfHandler(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null && region.FirstBlockOrdinal == block.Ordinal; region = region.EnclosingRegion)
        {
            if (region.Kind is not (ControlFlowRegionKind.Catch or ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter or ControlFlowRegionKind.FilterAndHandler)) continue;
            var whole = region.EnclosingRegion;
            while (whole is not null && whole.Kind is not (ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally)) whole = whole.EnclosingRegion;
            if (whole is null) return null;

            HashSet<CompletionFact>? facts = null;
            var guarded = whole.NestedRegions[0];
            for (var ordinal = guarded.FirstBlockOrdinal; ordinal <= guarded.LastBlockOrdinal; ordinal++)
            {
                if (_atStart[ordinal] is not { } start) continue;
                var end = new HashSet<CompletionFact>(start);
                _transfer.Run(_graph.Blocks[ordinal], end, until: null);
                end.IntersectWith(start);
                if (facts is null) facts = end;
                else facts.IntersectWith(end);
            }

            return facts;
        }

        return null;
    }
}
