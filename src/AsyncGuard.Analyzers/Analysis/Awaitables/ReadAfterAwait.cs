using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>A read of a variable that some path reaches from an await, without a write of that variable in between.</summary>
internal sealed class ReadAfterAwait : PathSearch
{
    private readonly ISymbol _variable;
    private readonly SyntaxNode _read;

    private ReadAfterAwait(ISymbol variable, SyntaxNode read, ControlFlowGraph graph)
        : base(graph, PathExceptions.FromEveryPoint)
    {
        _variable = variable;
        _read = read;
    }

    /// <summary>Whether the read comes after one of the awaits that count, in its own function.</summary>
    public static bool Follows(IOperation read, ISymbol variable, Func<IAwaitOperation, bool> counts, Func<ControlFlowGraph> graphOf)
    {
        if (!HasAwait(read) || FlowGraphs.Inner(FlowGraphs.FunctionsAround(read), graphOf()) is not { } graph) return false;
        var paths = new ReadAfterAwait(variable, read.Syntax, graph);
        foreach (var block in graph.Blocks)
        {
            if (!block.IsReachable) continue;
            var operations = FlowGraphs.InOrder(block);
            for (var i = 0; i < operations.Count; i++)
            {
                if (operations[i] is IAwaitOperation awaited && counts(awaited) && paths.Leads(block, i + 1)) return true;
            }
        }

        return false;
    }

    protected override PathStep Meet(IOperation operation)
    {
        if (operation.Syntax == _read && operation is IMemberReferenceOperation) return PathStep.Found;
        return AmbientValue.IsWrite(operation, _variable) ? PathStep.Stop : PathStep.Next;
    }

    // In the function around the read, before any graph is made.
    private static bool HasAwait(IOperation read)
    {
        var function = FlowGraphs.FunctionAround(read);
        foreach (var operation in (function ?? FlowGraphs.RootOf(read)).Descendants())
        {
            if (operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true }
                or IUsingDeclarationOperation { IsAsynchronous: true } && ReferenceEquals(FlowGraphs.FunctionAround(operation), function))
                return true;
        }

        return false;
    }
}
