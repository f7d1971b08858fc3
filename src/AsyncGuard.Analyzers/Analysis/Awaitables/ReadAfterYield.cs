using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>
/// A read of a variable that an async iterator has set and then handed out an item: each step runs in the context of the loop, and what
/// it changes there is undone when it ends.
/// </summary>
internal sealed class ReadAfterYield : PathSearch
{
    private readonly ISymbol _variable;
    private readonly Func<IOperation, bool> _isTarget;

    private ReadAfterYield(ISymbol variable, Func<IOperation, bool> isTarget, ControlFlowGraph graph)
        : base(graph, PathExceptions.FromEveryPoint)
    {
        _variable = variable;
        _isTarget = isTarget;
    }

    /// <summary>
    /// Whether a path leads from a write over a <c>yield return</c> to the read, with no other write of the variable on it.
    /// </summary>
    public static bool Follows(IOperation read, ISymbol variable, ISymbol member, Func<ControlFlowGraph> graphOf)
    {
        if (!IsInAsyncIterator(read, member)) return false;
        if (FlowGraphs.Inner(FlowGraphs.FunctionsAround(read), graphOf()) is not { } graph) return false;
        var yields = new HashSet<SyntaxNode>();
        var toRead = new ReadAfterYield(
            variable,
            operation => operation.Syntax == read.Syntax && operation is IMemberReferenceOperation,
            graph);
        toRead.LeadsFrom(IsYield, operation => yields.Add(operation.Syntax));
        if (yields.Count == 0) return false;

        var isFound = false;
        var toYield = new ReadAfterYield(variable, operation => IsYield(operation) && yields.Contains(operation.Syntax), graph);
        toYield.LeadsFrom(operation => Sets(operation, variable), _ => isFound = true);
        return isFound;
    }

    protected override PathStep Meet(IOperation operation) =>
        _isTarget(operation) ? PathStep.Found : AmbientValue.IsWrite(operation, _variable) ? PathStep.Stop : PathStep.Next;

    private void LeadsFrom(Func<IOperation, bool> isStart, Action<IOperation> found)
    {
        foreach (var block in Graph.Blocks)
        {
            if (!block.IsReachable) continue;
            var operations = FlowGraphs.InOrder(block);
            for (var i = 0; i < operations.Count; i++)
            {
                if (isStart(operations[i]) && Leads(block, i + 1)) found(operations[i]);
            }
        }
    }

    private static bool IsYield(IOperation operation) => operation.Kind == OperationKind.YieldReturn;

    // Scope.Value = null takes back
    private static bool Sets(IOperation operation, ISymbol variable) =>
        AmbientValue.IsWrite(operation, variable)
        && operation is not ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: null } };

    // Lambdas are no iterators.
    private static bool IsInAsyncIterator(IOperation read, ISymbol member)
    {
        var function = FlowGraphs.FunctionAround(read);
        var symbol = function is ILocalFunctionOperation local ? local.Symbol : function is null ? member as IMethodSymbol : null;
        if (symbol is not { IsAsync: true }) return false;
        foreach (var operation in (function ?? FlowGraphs.RootOf(read)).Descendants())
        {
            if (IsYield(operation) && ReferenceEquals(FlowGraphs.FunctionAround(operation), function)) return true;
        }

        return false;
    }
}
