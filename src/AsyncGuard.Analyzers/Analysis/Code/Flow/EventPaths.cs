using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>
/// Paths between uses of locals, parameters and calls, which their syntax names. None goes on after one of the <paramref name="stops"/>.
/// </summary>
internal sealed class EventPaths(
    ControlFlowGraph graph,
    ICollection<SyntaxNode> stops,
    PathExceptions exceptions = PathExceptions.FromEveryPoint) : PathSearch(graph, exceptions)
{
    private ICollection<SyntaxNode> _targets = [];

    /// <summary>
    /// Whether a path leads from the event to one of the targets; null where nothing leads to the event, or where it is not in this
    /// function.
    /// </summary>
    public bool? Leads(SyntaxNode from, ICollection<SyntaxNode> targets)
    {
        _targets = targets;
        foreach (var block in Graph.Blocks)
        {
            var operations = FlowGraphs.InOrder(block);
            for (var i = 0; i < operations.Count; i++)
            {
                if (IsEvent(operations[i]) && operations[i].Syntax == from) return block.IsReachable ? Leads(block, i + 1) : null;
            }
        }

        return null;
    }

    protected override PathStep Meet(IOperation operation)
    {
        if (operation is IFlowAnonymousFunctionOperation) return HoldsTarget(operation.Syntax) ? PathStep.Found : PathStep.Next;
        if (!IsEvent(operation)) return PathStep.Next;
        if (_targets.Contains(operation.Syntax)) return PathStep.Found;
        return stops.Contains(operation.Syntax) ? PathStep.Stop : PathStep.Next;
    }

    // What foreach calls has the syntax of the local that it enumerates.
    private static bool IsEvent(IOperation operation) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation { IsImplicit: false };

    // Use(async () => await task): code that receives the lambda receives the task
    private bool HoldsTarget(SyntaxNode lambda)
    {
        foreach (var target in _targets)
        {
            if (lambda.Span.Contains(target.Span)) return true;
        }

        return false;
    }
}
