using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>Paths from a place to where the function returns, past the uses that end the life of an object. A path that throws does not count.</summary>
internal sealed class PathToExit(ControlFlowGraph graph, ICollection<SyntaxNode> ends)
{
    private readonly HashSet<int> _seen = new();
    private readonly Stack<BasicBlock> _open = new();

    public bool LeadsFrom(SyntaxNode place)
    {
        foreach (var block in graph.Blocks)
        {
            var operations = FlowGraphs.InOrder(block);
            for (var i = operations.Count - 1; i >= 0; i--)
            {
                if (operations[i].Syntax == place && block.IsReachable) return Leads(block, operations, i + 1);
            }
        }

        return false;
    }

    private bool Leads(BasicBlock start, List<IOperation> operations, int index)
    {
        if (Ends(operations, index)) return false;
        Open(start);
        while (_open.Count > 0)
        {
            var block = _open.Pop();
            if (block.Kind == BasicBlockKind.Exit) return true;
            if (!Ends(FlowGraphs.InOrder(block), 0)) Open(block);
        }

        return false;
    }

    private void Open(BasicBlock block)
    {
        Follow(block.FallThroughSuccessor);
        Follow(block.ConditionalSuccessor);
    }

    // Through the finally blocks that the branch runs.
    private void Follow(ControlFlowBranch? branch)
    {
        if (branch?.Destination is not { } destination || branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow) return;
        foreach (var region in branch.FinallyRegions)
        {
            for (var i = region.FirstBlockOrdinal; i <= region.LastBlockOrdinal; i++)
            {
                if (Ends(FlowGraphs.InOrder(graph.Blocks[i]), 0)) return;
            }
        }

        if (_seen.Add(destination.Ordinal)) _open.Push(destination);
    }

    private bool Ends(List<IOperation> operations, int from)
    {
        for (var i = from; i < operations.Count; i++)
        {
            if (operations[i] is ILocalReferenceOperation && ends.Contains(operations[i].Syntax)) return true;
        }

        return false;
    }
}
