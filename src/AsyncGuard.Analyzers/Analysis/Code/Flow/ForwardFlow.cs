using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>
/// A forward analysis of one function: which facts hold before each of its operations. A branch that leaves a <c>try</c> runs the
/// <c>finally</c> blocks that it passes with the facts that it brings; a handler starts with what holds wherever its <c>try</c> may throw.
/// A filter counts as run after the <c>finally</c> blocks inside its <c>try</c>, so that the handler after it sees their effects.
/// </summary>
internal abstract class ForwardFlow<TFacts>(ControlFlowGraph graph) where TFacts : class
{
    private readonly IOperation[]?[] _operations = new IOperation[]?[graph.Blocks.Length];
    private TFacts?[] _atStart = new TFacts?[graph.Blocks.Length];

    protected ControlFlowGraph Graph => graph;

    /// <summary>What holds where the function starts.</summary>
    protected abstract TFacts AtEntry();

    protected abstract TFacts Copy(TFacts facts);

    /// <summary>Makes of <paramref name="known"/> what holds on both of two ways; true if that changes it.</summary>
    protected abstract bool Meet(TFacts known, TFacts arriving);

    /// <summary>Adds and takes what the operation does, after its operands.</summary>
    protected abstract void Transfer(IOperation operation, TFacts facts);

    /// <summary>Whether paths go on where an exception leads; where not, a path that throws is over.</summary>
    protected virtual bool FollowsExceptions => true;

    /// <summary>Adds what follows from a condition that decides on a branch.</summary>
    protected virtual void Assume(IOperation condition, bool isTrue, TFacts facts)
    {
    }

    /// <summary>
    /// A path takes the branch, and what holds after the <c>finally</c> blocks on it. May be called several times for one branch; what all
    /// calls bring together is what holds there.
    /// </summary>
    protected virtual void Taken(ControlFlowBranch branch, TFacts facts)
    {
    }

    protected virtual bool MayThrow(IOperation operation) => Faults.MayThrow(operation);

    /// <summary>Whether the operation has done what <see cref="Transfer"/> says by the time it throws.</summary>
    protected virtual bool IsDoneWhenItThrows(IOperation operation) => false;

    protected void Solve() => _atStart = Solve(0, graph.Blocks.Length - 1, AtEntry(), out _);

    protected IOperation[] OperationsOf(BasicBlock block) => _operations[block.Ordinal] ??= FlowGraphs.InOrder(block).ToArray();

    /// <summary>What holds where the block starts; null where nothing leads there.</summary>
    protected TFacts? AtStartOf(BasicBlock block) => _atStart[block.Ordinal] is { } facts ? Copy(facts) : null;

    /// <summary>
    /// What holds right before the first operation with this syntax; null where nothing leads there, or where it is not in this function.
    /// </summary>
    protected TFacts? Before(SyntaxNode place, out bool isFound)
    {
        isFound = false;
        foreach (var block in graph.Blocks)
        {
            var operations = OperationsOf(block);
            var index = FlowGraphs.IndexOf(operations, place);
            if (index < 0) continue;
            isFound = true;
            if (AtStartOf(block) is not { } facts) return null;
            for (var i = 0; i < index; i++) Transfer(operations[i], facts);
            return facts;
        }

        return null;
    }

    /// <summary>Solves the blocks of the function or of one <c>finally</c>.</summary>
    private TFacts?[] Solve(int first, int last, TFacts entry, out TFacts? atEnd)
    {
        var pass = new Pass(this, first, last);
        pass.Arrive(first, entry);
        bool isChanged;
        do
        {
            isChanged = false;
            for (var ordinal = first; ordinal <= last; ordinal++)
            {
                if (!pass.TryTake(ordinal, out var start)) continue;
                isChanged = true;
                Run(graph.Blocks[ordinal], Copy(start), pass);
            }
        }
        while (isChanged);
        atEnd = pass.AtEnd;
        return pass.AtStart;
    }

    private void Run(BasicBlock block, TFacts facts, Pass pass)
    {
        foreach (var operation in OperationsOf(block))
        {
            var mayThrow = FollowsExceptions && MayThrow(operation);
            if (mayThrow && !IsDoneWhenItThrows(operation)) Throw(block.EnclosingRegion, facts, pass);
            Transfer(operation, facts);
            if (mayThrow && IsDoneWhenItThrows(operation)) Throw(block.EnclosingRegion, facts, pass);
        }

        Branch(block, block.FallThroughSuccessor, facts, pass);
        Branch(block, block.ConditionalSuccessor, facts, pass);
    }

    private void Branch(BasicBlock block, ControlFlowBranch? branch, TFacts facts, Pass pass)
    {
        if (branch is null) return;
        if (block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } condition)
        {
            var isTrue = branch.IsConditionalSuccessor == (block.ConditionKind == ControlFlowConditionKind.WhenTrue);
            if (condition.ConstantValue is { HasValue: true, Value: bool constant } && constant != isTrue) return;
            facts = Copy(facts);
            Assume(condition, isTrue, facts);
        }

        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                Throw(block.EnclosingRegion, facts, pass);
                return;
            case ControlFlowBranchSemantics.StructuredExceptionHandling:
                EndHandler(block, facts, pass);
                return;
        }

        if (branch.Destination is not { } destination) return;
        foreach (var region in branch.FinallyRegions)
        {
            pass.Arrive(region.FirstBlockOrdinal, facts);
            Solve(region.FirstBlockOrdinal, region.LastBlockOrdinal, Copy(facts), out var after);
            if (after is null) return;
            facts = after;
        }

        Taken(branch, facts);
        pass.Arrive(destination.Ordinal, facts);
    }

    private void EndHandler(BasicBlock block, TFacts facts, Pass pass)
    {
        // A filter that returns false: the handlers after it have been reached from where it was thrown.
        if (FlowGraphs.FinallyAround(block) is not { } region) return;
        if (pass.IsOf(region)) pass.End(facts);
        else Throw(region.EnclosingRegion, facts, pass);
    }

    private void Throw(ControlFlowRegion? region, TFacts facts, Pass pass)
    {
        if (!FollowsExceptions) return;
        for (; region is not null && pass.Holds(region); region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } attempt) continue;
            for (var i = 1; i < attempt.NestedRegions.Length; i++) pass.Arrive(attempt.NestedRegions[i].FirstBlockOrdinal, facts);

            // From a finally it goes on with what holds at its end.
            if (attempt.Kind == ControlFlowRegionKind.TryAndFinally || Faults.AreAllCaughtBy(attempt)) return;
        }
    }

    /// <summary>What is known so far of a range of blocks.</summary>
    private sealed class Pass(ForwardFlow<TFacts> flow, int first, int last)
    {
        private readonly bool[] _isOpen = new bool[last - first + 1];

        public TFacts?[] AtStart { get; } = new TFacts?[last - first + 1];

        public TFacts? AtEnd { get; private set; }

        public bool Holds(ControlFlowRegion region) => region.FirstBlockOrdinal >= first && region.LastBlockOrdinal <= last;

        public bool IsOf(ControlFlowRegion region) => region.FirstBlockOrdinal == first && region.LastBlockOrdinal == last;

        public bool TryTake(int ordinal, out TFacts start)
        {
            start = AtStart[ordinal - first]!;
            var isOpen = _isOpen[ordinal - first];
            _isOpen[ordinal - first] = false;
            return isOpen;
        }

        public void Arrive(int ordinal, TFacts facts)
        {
            var index = ordinal - first;

            // finally { return; }: an error, after which nothing is known
            if (index < 0 || index >= AtStart.Length) return;
            if (AtStart[index] is not { } known) AtStart[index] = flow.Copy(facts);
            else if (!flow.Meet(known, facts)) return;
            _isOpen[index] = true;
        }

        public void End(TFacts facts)
        {
            if (AtEnd is { } known) flow.Meet(known, facts);
            else AtEnd = flow.Copy(facts);
        }
    }
}
