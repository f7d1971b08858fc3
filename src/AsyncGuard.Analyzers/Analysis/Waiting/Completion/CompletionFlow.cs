using System.Collections.Generic;
using System.Runtime.CompilerServices;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// Which tasks are complete at which point of one function: a forward must-analysis over its control flow graph.
/// A fact holds only where it holds on every path that leads there.
/// </summary>
internal sealed class CompletionFlow : ForwardFlow<HashSet<CompletionFact>>
{
    // A graph beyond this is generated code in disguise; its tasks count as complete, so that nothing is reported on a guess.
    private const int MaxBlocks = 3000;

    private static readonly ConditionalWeakTable<ControlFlowGraph, CompletionFlow> Flows = new();

    private readonly CompletionTransfer _transfer;

    private CompletionFlow(ControlFlowGraph graph, GuardContext guard, bool isNested) : base(graph)
    {
        _transfer = new CompletionTransfer(guard, graph, isNested ? null : inner => AtEndOf(inner, guard));
        if (!GivesUp) Solve();
    }

    private bool GivesUp => Graph.Blocks.Length > MaxBlocks;

    public static CompletionFlow Of(ControlFlowGraph graph, GuardContext guard) =>
        Flows.TryGetValue(graph, out var known) ? known
        : Flows.GetValue(graph, created => new CompletionFlow(created, guard, isNested: false));

    /// <summary>Whether the fact holds right before the operation with this syntax runs.</summary>
    public bool HoldsAt(CompletionFact fact, SyntaxNode place)
    {
        if (GivesUp) return true;

        // A place that nothing reaches proves everything.
        var facts = Before(place, out var isFound);
        return isFound && (facts is null || facts.Contains(fact));
    }

    // Where the function of the graph returns; null where it does not. The functions that it calls are not followed.
    private static HashSet<CompletionFact>? AtEndOf(ControlFlowGraph graph, GuardContext guard)
    {
        var flow = new CompletionFlow(graph, guard, isNested: true);
        return flow.GivesUp ? null : flow.AtStartOf(graph.Blocks[graph.Blocks.Length - 1]);
    }

    protected override HashSet<CompletionFact> AtEntry() => new();

    protected override HashSet<CompletionFact> Copy(HashSet<CompletionFact> facts) => new(facts);

    protected override bool Meet(HashSet<CompletionFact> known, HashSet<CompletionFact> arriving)
    {
        var before = known.Count;
        known.IntersectWith(arriving);
        return known.Count != before;
    }

    protected override void Transfer(IOperation operation, HashSet<CompletionFact> facts) => _transfer.Apply(operation, facts);

    // try { await t; } catch { }: where it throws, the task has ended; await t.WaitAsync(token) may throw before
    protected override bool IsDoneWhenItThrows(IOperation operation) => _transfer.EndsTaskWhenItThrows(operation);

    protected override bool MayThrow(IOperation operation) => !_transfer.OnlyNamesTasks(operation) && base.MayThrow(operation);

    protected override void Assume(IOperation condition, bool isTrue, HashSet<CompletionFact> facts)
    {
        _transfer.Conditions.Assume(condition, isTrue, facts);
        if (!isTrue) _transfer.AddLoop(condition, facts);
    }
}
