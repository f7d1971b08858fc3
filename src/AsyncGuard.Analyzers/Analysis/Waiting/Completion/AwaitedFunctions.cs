using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// The local functions and lambdas of one function that are awaited where they are called, and what they await themselves:
/// <c>await WaitAsync(); async Task WaitAsync() { await work; }</c>.
/// </summary>
/// <param name="guard">The compilation.</param>
/// <param name="graph">The function.</param>
/// <param name="joins">Its locals.</param>
/// <param name="atEndOf">
/// What is complete where the function of a graph returns, or null. Where this is null, functions are not followed, so that those that call
/// each other end there.
/// </param>
internal sealed class AwaitedFunctions(
    GuardContext guard, ControlFlowGraph graph, TaskJoins joins, Func<ControlFlowGraph, IEnumerable<CompletionFact>?>? atEndOf)
{
    private static readonly List<CompletionFact> None = new();

    private readonly Dictionary<IMethodSymbol, List<CompletionFact>> _known = new(SymbolEqualityComparer.Default);

    /// <summary>What is complete when the task of the call is.</summary>
    public IReadOnlyList<CompletionFact> KnownAfter(IInvocationOperation call)
    {
        if (atEndOf is null) return None;
        if (call.TargetMethod is { MethodKind: MethodKind.LocalFunction, IsAsync: true, ReturnsVoid: false, OriginalDefinition: var local })
        {
            return graph.LocalFunctions.ContainsSymbol(local) ? FactsOf(local, () => graph.GetLocalFunctionControlFlowGraph(local)) : None;
        }

        // Func<Task> wait = async () => await work; await wait();
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
        {
            return call.Instance is ILocalReferenceOperation { Local: var holder } && joins.FunctionIn(holder) is { } function
                ? FactsOf(function) : None;
        }

        // await Task.Run(async () => await work)
        if (!guard.Apis.Has(call.TargetMethod, ApiTraits.Offloads)) return None;
        foreach (var argument in call.Arguments)
        {
            if (Unwrapped.Delegate(argument.Value) is IFlowAnonymousFunctionOperation work) return FactsOf(work);
        }

        return None;
    }

    private List<CompletionFact> FactsOf(IFlowAnonymousFunctionOperation lambda) =>
        lambda.Symbol is { IsAsync: true, ReturnsVoid: false }
        ? FactsOf(lambda.Symbol, () => graph.GetAnonymousFunctionControlFlowGraph(lambda)) : None;

    private List<CompletionFact> FactsOf(IMethodSymbol function, Func<ControlFlowGraph> graphOf)
    {
        if (_known.TryGetValue(function, out var known)) return known;
        known = new List<CompletionFact>();
        foreach (var fact in atEndOf!(graphOf()) ?? None)
        {
            if (fact.List is null && !SymbolEqualityComparer.Default.Equals(fact.Path.Root.ContainingSymbol, function)) known.Add(fact);
        }

        return _known[function] = known;
    }
}
