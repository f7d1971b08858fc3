using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Analysis.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>The second use of a <c>ValueTask</c> on some path of a function, that of a loop included.</summary>
internal sealed class RepeatedValueTask : PathSearch
{
    private readonly ISymbol _variable;
    private readonly SyntaxNode _target;

    private RepeatedValueTask(ISymbol variable, SyntaxNode target, ControlFlowGraph graph)
        : base(graph, PathExceptions.FromEveryPoint)
    {
        _variable = variable;
        _target = target;
    }

    /// <summary>Whether what is waited for is such a use: an await in the place of the wait would be as wrong.</summary>
    public static bool IsIn(TaskWait wait, Func<ControlFlowGraph> graphOf, GuardContext guard) =>
        wait.Tasks.Length == 1 && Unwrapped.Awaited(wait.Tasks[0]) is var task && guard.Awaitables.IsValueTask(task.Type)
        && Is(task, graphOf, guard);

    /// <summary>Whether a path leads from a use that takes the result to this one, without another value in between.</summary>
    public static bool Is(IOperation use, Func<ControlFlowGraph> graphOf, GuardContext guard)
    {
        if (VariableOf(use) is not { } variable || HoldsRepeatable(variable, use, guard)) return false;
        var function = FlowGraphs.FunctionAround(use);
        RepeatedValueTask? paths = null;
        foreach (var operation in FlowGraphs.RootOf(use).Descendants())
        {
            if (!SymbolEqualityComparer.Default.Equals(VariableOf(operation), variable)
                || !ReferenceEquals(FlowGraphs.FunctionAround(operation), function) || !ValueTaskUse.Consumes(operation, guard))
                continue;
            if (ReferenceEquals(operation, use) && !IsInLoop(use)) continue;
            if (paths is null)
            {
                if (FlowGraphs.Inner(FlowGraphs.FunctionsAround(use), graphOf()) is not { } graph) return false;
                paths = new RepeatedValueTask(variable, use.Syntax, graph);
            }

            if (paths.LeadsFrom(operation.Syntax)) return true;
        }

        return false;
    }

    protected override PathStep Meet(IOperation operation)
    {
        if (operation.Syntax == _target && VariableOf(operation) is not null) return PathStep.Found;
        return VariableWrites.Is(operation, _variable) || Declares(operation) ? PathStep.Stop : PathStep.Next;
    }

    // while (tasks.TryDequeue(out var task)) await task; while (Next() is ValueTask task) await task;
    private bool Declares(IOperation operation) => operation switch
    {
        IArgumentOperation { Parameter.RefKind: RefKind.Out, Value: IDeclarationExpressionOperation { Expression: var declared } } =>
            VariableWrites.Refers(declared, _variable),
        IDeclarationPatternOperation { DeclaredSymbol: var declared } => SymbolEqualityComparer.Default.Equals(declared, _variable),
        IRecursivePatternOperation { DeclaredSymbol: var declared } => SymbolEqualityComparer.Default.Equals(declared, _variable),
        _ => false,
    };

    private bool LeadsFrom(SyntaxNode use)
    {
        foreach (var block in Graph.Blocks)
        {
            var operations = FlowGraphs.InOrder(block);
            for (var i = 0; i < operations.Count; i++)
            {
                if (operations[i].Syntax == use && VariableOf(operations[i]) is not null && block.IsReachable && Leads(block, i + 1))
                    return true;
            }
        }

        return false;
    }

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool IsInLoop(IOperation use)
    {
        for (var parent = use.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            // Backward jumps are loops as well.
            if (parent is ILoopOperation or ILabeledOperation) return true;
        }

        return false;
    }

    // var done = new ValueTask<int>(5); var kept = LoadAsync().Preserve();
    private static bool HoldsRepeatable(ISymbol variable, IOperation use, GuardContext guard)
    {
        var isRepeatable = false;
        foreach (var operation in FlowGraphs.RootOf(use).Descendants())
        {
            var value = operation switch
            {
                IVariableDeclaratorOperation { Initializer.Value: var initial } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable) => initial,
                ISimpleAssignmentOperation assignment when VariableWrites.Refers(assignment.Target, variable) => assignment.Value,
                _ => null,
            };
            if (value is null) continue;
            if (!ValueTaskUse.IsRepeatable(value, guard)) return false;
            isRepeatable = true;
        }

        return isRepeatable;
    }
}
