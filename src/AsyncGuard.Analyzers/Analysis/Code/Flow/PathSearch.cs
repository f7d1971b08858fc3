using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>
/// Whether some path of one function leads from one place to another. A branch that leaves a <c>try</c> runs its <c>finally</c> blocks
/// first and then goes on to where it leads; an exception runs them too, and goes on to the next handler that may take it. Loops are
/// followed until nothing new is reached.
/// </summary>
internal abstract class PathSearch(ControlFlowGraph graph, PathExceptions exceptions)
{
    private readonly HashSet<(int Block, FinallyExit? After)> _seen = new();
    private readonly Stack<(int Block, FinallyExit? After)> _open = new();
    private int _start;

    protected ControlFlowGraph Graph => graph;

    /// <summary>What the operation, whose operands the path has passed, means to it.</summary>
    protected abstract PathStep Meet(IOperation operation);

    /// <summary>Whether getting to the block is what is looked for, such as to the end of the function.</summary>
    protected virtual bool IsTarget(BasicBlock block) => false;

    /// <summary>With which outcomes of the condition at the end of a block a path goes on.</summary>
    protected virtual PathBranches After(IOperation condition) => PathBranches.Both;

    /// <summary>Whether a path leads from before the operation with this index in the block to one that is looked for.</summary>
    protected bool Leads(BasicBlock start, int index)
    {
        _seen.Clear();
        _open.Clear();
        _start = start.Ordinal;

        // What was done before may have thrown as well.
        var hasThrown = exceptions == PathExceptions.FromEveryPoint && index > 0 && Faults.MayThrow(FlowGraphs.InOrder(start)[index - 1]);
        if (hasThrown) Throw(start.EnclosingRegion, after: null);
        if (Walk(start, index, after: null)) return true;
        while (_open.Count > 0)
        {
            var (block, after) = _open.Pop();
            if (Walk(graph.Blocks[block], 0, after)) return true;
        }

        return false;
    }

    private bool Walk(BasicBlock block, int from, FinallyExit? after)
    {
        if (IsTarget(block)) return true;
        if (from == 0 && exceptions == PathExceptions.FromEntry) OpenHandlersOfEntered(block, after);
        var operations = FlowGraphs.InOrder(block);
        var hasThrown = exceptions != PathExceptions.FromEveryPoint;
        for (var i = from; i < operations.Count; i++)
        {
            switch (Meet(operations[i]))
            {
                case PathStep.Found:
                    return true;

                // Also where it throws: Monitor.Exit(gate)
                case PathStep.Stop:
                    return false;
            }

            if (hasThrown || !Faults.MayThrow(operations[i])) continue;
            hasThrown = true;
            Throw(block.EnclosingRegion, after);
        }

        var outcomes = OutcomesOf(block);
        var taken = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        if (block.FallThroughSuccessor is { } next && Goes(block, !taken, outcomes)) Open(block, next, after);
        if (block.ConditionalSuccessor is { } other && Goes(block, taken, outcomes)) Open(block, other, after);
        return false;
    }

    private PathBranches OutcomesOf(BasicBlock block)
    {
        if (block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is not { } condition) return PathBranches.Both;
        if (condition.ConstantValue is not { HasValue: true, Value: bool constant }) return After(condition);
        return constant ? PathBranches.WhenTrue : PathBranches.WhenFalse;
    }

    private static bool Goes(BasicBlock block, bool isTrue, PathBranches outcomes) =>
        block.ConditionKind == ControlFlowConditionKind.None
        || (outcomes & (isTrue ? PathBranches.WhenTrue : PathBranches.WhenFalse)) != 0;

    private void Open(BasicBlock block, ControlFlowBranch branch, FinallyExit? after)
    {
        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                if (exceptions == PathExceptions.FromEveryPoint) Throw(block.EnclosingRegion, after);
                break;
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                if (FlowGraphs.FinallyAround(block) is { } region) End(region, after);
                break;
            default:
                if (branch.Destination is not null) Follow(FinallyExit.Of(branch, 0, after));
                break;
        }
    }

    // Through the next finally, or on to where the branch leads.
    private void Follow(FinallyExit exit)
    {
        if (exit.Region is { } region) Push(region.FirstBlockOrdinal, exit);
        else Push(exit.Branch!.Destination!.Ordinal, exit.Outer);
    }

    private void End(ControlFlowRegion region, FinallyExit? after)
    {
        if (after is { Branch: not null }) Follow(after.Next());
        else if (after is { ThrownFrom: { } left }) Throw(left.EnclosingRegion, after.Outer);
        else EndOfUnknown(region);
    }

    // The path started in the finally: it goes on to wherever that leads.
    private void EndOfUnknown(ControlFlowRegion region)
    {
        foreach (var block in graph.Blocks)
        {
            if (block.FallThroughSuccessor is { } next) FollowAfter(region, next);
            if (block.ConditionalSuccessor is { } other) FollowAfter(region, other);
        }

        if (exceptions == PathExceptions.FromEveryPoint) Throw(region.EnclosingRegion?.EnclosingRegion, after: null);
    }

    private void FollowAfter(ControlFlowRegion region, ControlFlowBranch branch)
    {
        if (branch.Destination is null || !branch.Source.IsReachable) return;
        var index = branch.FinallyRegions.IndexOf(region);
        if (index >= 0) Follow(FinallyExit.Of(branch, index + 1, outer: null));
    }

    private void Throw(ControlFlowRegion? region, FinallyExit? after)
    {
        for (; region is not null; region = region.EnclosingRegion)
        {
            // What a finally throws takes the place of what it was run for.
            if (region.Kind == ControlFlowRegionKind.Finally) after = after?.Outer;
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } attempt) continue;
            if (exceptions == PathExceptions.FromEntry && region.FirstBlockOrdinal <= _start && _start <= region.LastBlockOrdinal) return;
            var isFinally = attempt.Kind == ControlFlowRegionKind.TryAndFinally;
            for (var i = 1; i < attempt.NestedRegions.Length; i++)
                Push(attempt.NestedRegions[i].FirstBlockOrdinal, isFinally ? FinallyExit.OfException(attempt, after) : after);
            if (isFinally || Faults.AreAllCaughtBy(attempt)) return;
        }
    }

    private void OpenHandlersOfEntered(BasicBlock block, FinallyExit? after)
    {
        for (var region = block.EnclosingRegion; region?.FirstBlockOrdinal == block.Ordinal; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try) continue;
            Throw(region, after);
            return;
        }
    }

    private void Push(int block, FinallyExit? after)
    {
        if (_seen.Add((block, after))) _open.Push((block, after));
    }
}
