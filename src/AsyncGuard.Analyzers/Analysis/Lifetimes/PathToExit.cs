using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// Paths from a place to where the function returns, past the uses that end the life of an object. A path that throws does not count.
/// </summary>
internal sealed class PathToExit(ControlFlowGraph graph, ICollection<SyntaxNode> ends) : PathSearch(graph, PathExceptions.None)
{
    public bool LeadsFrom(SyntaxNode place)
    {
        foreach (var block in Graph.Blocks)
        {
            var operations = FlowGraphs.InOrder(block);
            for (var i = operations.Count - 1; i >= 0; i--)
            {
                if (operations[i].Syntax == place && block.IsReachable) return Leads(block, i + 1);
            }
        }

        return false;
    }

    protected override PathStep Meet(IOperation operation) =>
        operation is ILocalReferenceOperation && ends.Contains(operation.Syntax) ? PathStep.Stop : PathStep.Next;

    protected override bool IsTarget(BasicBlock block) => block.Kind == BasicBlockKind.Exit;
}
