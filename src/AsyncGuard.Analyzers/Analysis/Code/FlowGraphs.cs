using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>Finds the control flow graph of the function that holds a place.</summary>
internal static class FlowGraphs
{
    /// <summary>The body of the member that holds a place.</summary>
    public static IOperation RootOf(IOperation place)
    {
        while (place.Parent is { } parent) place = parent;
        return place;
    }

    /// <summary>The lambda or local function that holds a place, or null where it stands in the member itself.</summary>
    public static IOperation? FunctionAround(IOperation place)
    {
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return parent;
        }

        return null;
    }

    /// <summary>The lambda or local function that is the place or holds it, or the body of the member.</summary>
    public static IOperation FunctionOrRoot(IOperation place)
    {
        while (place is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && place.Parent is { } parent) place = parent;
        return place;
    }

    /// <summary>The lambdas and local functions around a place, outermost first.</summary>
    public static List<IOperation> FunctionsAround(IOperation place)
    {
        var functions = new List<IOperation>();
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) functions.Insert(0, parent);
        }

        return functions;
    }

    /// <summary>The graph of the innermost of the functions, or null where the outermost graph does not hold them.</summary>
    public static ControlFlowGraph? Inner(List<IOperation> functions, ControlFlowGraph graph)
    {
        foreach (var function in functions)
        {
            var inner = function switch
            {
                ILocalFunctionOperation local =>
                    graph.LocalFunctions.ContainsSymbol(local.Symbol) ? graph.GetLocalFunctionControlFlowGraph(local.Symbol) : null,
                _ => LambdaIn(graph, function.Syntax) is { } lambda ? graph.GetAnonymousFunctionControlFlowGraph(lambda) : null,
            };
            if (inner is null) return null;
            graph = inner;
        }

        return graph;
    }

    /// <summary>
    /// What a block does, as it runs: operands before what is done with them, and a value before the name that it is written to.
    /// Lambdas stand for themselves.
    /// </summary>
    public static List<IOperation> InOrder(BasicBlock block)
    {
        var operations = new List<IOperation>();
        foreach (var operation in block.Operations) Append(operation, operations);
        if (block.BranchValue is { } value) Append(value, operations);
        return operations;
    }

    /// <summary>The index of the first operation with this syntax, or -1.</summary>
    public static int IndexOf(IReadOnlyList<IOperation> operations, SyntaxNode syntax)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i].Syntax == syntax) return i;
        }

        return -1;
    }

    /// <summary>The <c>finally</c> that the block belongs to; null where it belongs to none, or to a filter inside of one.</summary>
    public static ControlFlowRegion? FinallyAround(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Finally) return region;
            if (region.Kind == ControlFlowRegionKind.Filter) return null;
        }

        return null;
    }

    /// <summary>The region of a <c>catch</c> in the graph of its function; null where that cannot be said.</summary>
    public static ControlFlowRegion? HandlerOf(ICatchClauseOperation clause, ControlFlowGraph graph)
    {
        // A graph keeps no link to the statement that a region comes from, but their order.
        if (clause.Parent is not ITryOperation attempt) return null;
        var function = FunctionOrRoot(attempt);
        var attempts = new List<ITryOperation>();
        AppendAttempts(function, attempts);
        var regions = new List<ControlFlowRegion>();
        AppendAttempts(graph.Root, regions);
        var index = attempts.IndexOf(attempt);
        if (index < 0 || attempts.Count != regions.Count) return null;

        // The try itself comes first.
        var handlers = regions[index].NestedRegions;
        var place = attempt.Catches.IndexOf(clause) + 1;
        if (place == 0 || handlers.Length != attempt.Catches.Length + 1) return null;
        return handlers[place].Kind == ControlFlowRegionKind.FilterAndHandler ? handlers[place].NestedRegions[1] : handlers[place];
    }

    private static void AppendAttempts(IOperation operation, List<ITryOperation> attempts)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            if (child is ITryOperation { Catches.IsEmpty: false } attempt) attempts.Add(attempt);
            AppendAttempts(child, attempts);
        }
    }

    private static void AppendAttempts(ControlFlowRegion region, List<ControlFlowRegion> attempts)
    {
        foreach (var inner in region.NestedRegions)
        {
            if (inner.Kind == ControlFlowRegionKind.TryAndCatch) attempts.Add(inner);
            AppendAttempts(inner, attempts);
        }
    }

    private static void Append(IOperation operation, List<IOperation> operations)
    {
        if (operation is ISimpleAssignmentOperation assignment)
        {
            Append(assignment.Value, operations);
            Append(assignment.Target, operations);
        }
        else if (operation is not IFlowAnonymousFunctionOperation)
        {
            foreach (var child in operation.ChildOperations) Append(child, operations);
        }

        operations.Add(operation);
    }

    private static IFlowAnonymousFunctionOperation? LambdaIn(ControlFlowGraph graph, SyntaxNode syntax)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (LambdaIn(operation, syntax) is { } found) return found;
            }

            if (block.BranchValue is { } value && LambdaIn(value, syntax) is { } inBranch) return inBranch;
        }

        return null;
    }

    private static IFlowAnonymousFunctionOperation? LambdaIn(IOperation operation, SyntaxNode syntax)
    {
        if (operation is IFlowAnonymousFunctionOperation lambda && lambda.Syntax == syntax) return lambda;
        foreach (var child in operation.ChildOperations)
        {
            if (LambdaIn(child, syntax) is { } found) return found;
        }

        return null;
    }
}
