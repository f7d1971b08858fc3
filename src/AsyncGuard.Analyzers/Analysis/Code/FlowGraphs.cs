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
                ILocalFunctionOperation local => graph.LocalFunctions.Holds(local.Symbol) ? graph.GetLocalFunctionControlFlowGraph(local.Symbol) : null,
                _ => LambdaIn(graph, function.Syntax) is { } lambda ? graph.GetAnonymousFunctionControlFlowGraph(lambda) : null,
            };
            if (inner is null) return null;
            graph = inner;
        }

        return graph;
    }

    /// <summary>Whether the syntax is that of the operation or of a part of it.</summary>
    public static bool Contains(IOperation operation, SyntaxNode place)
    {
        if (operation.Syntax == place) return true;
        foreach (var child in operation.ChildOperations)
        {
            if (Contains(child, place)) return true;
        }

        return false;
    }

    /// <summary>What a block does, as it runs: operands before what is done with them. Lambdas are not looked into.</summary>
    public static List<IOperation> InOrder(BasicBlock block)
    {
        var operations = new List<IOperation>();
        foreach (var operation in block.Operations) Append(operation, operations);
        if (block.BranchValue is { } value) Append(value, operations);
        return operations;
    }

    private static void Append(IOperation operation, List<IOperation> operations)
    {
        if (operation is IFlowAnonymousFunctionOperation) return;
        foreach (var child in operation.ChildOperations) Append(child, operations);
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
