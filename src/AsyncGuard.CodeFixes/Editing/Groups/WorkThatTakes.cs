using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// Work that takes what the code which starts it holds: left alone, it continues when that is returned; awaited, it never does.
/// <code>
/// await _gate.WaitAsync(); try { _ = SaveAsync(); } finally { _gate.Release(); } …
/// async Task SaveAsync() { await _gate.WaitAsync(); … }
/// </code>
/// </summary>
internal static class WorkThatTakes
{
    private const int MostDepth = 3;

    public static bool IsHeldBy(ExpressionSyntax start, FixContext fix)
    {
        if (fix.OperationOf(start) is not { } work || !AcquireScope.IsHeldAt(work)) return false;
        var held = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in (FlowGraphs.FunctionAround(work) ?? FlowGraphs.RootOf(work)).Descendants())
        {
            if (TakenBy(operation) is { } taken && operation.Syntax.SpanStart < start.SpanStart) held.Add(taken);
        }

        return held.Count > 0 && Takes([work], held, new HashSet<ISymbol>(SymbolEqualityComparer.Default), fix, depth: 0);
    }

    private static bool Takes(IEnumerable<IOperation> code, HashSet<ISymbol> held, HashSet<ISymbol> seen, FixContext fix, int depth)
    {
        foreach (var operation in code.SelectMany(one => one.DescendantsAndSelf()))
        {
            if (TakenBy(operation) is { } taken && held.Contains(taken)) return true;
            var called = operation switch
            {
                IInvocationOperation call => call.TargetMethod.OriginalDefinition,
                IMethodReferenceOperation method => method.Method.OriginalDefinition,
                _ => null,
            };
            if (called is not null && depth < MostDepth && seen.Add(called)
                && Takes(Bodies.Of(fix.Guard).OperationsOf(called), held, seen, fix, depth + 1))
                return true;
        }

        return false;
    }

    // _gate.WaitAsync(), _lock.LockAsync(); a field or property, which is the same in another method
    private static ISymbol? TakenBy(IOperation operation) =>
        operation is IInvocationOperation { Instance: IFieldReferenceOperation or IPropertyReferenceOperation } call
        && AcquireScope.Acquires(call) ? ((IMemberReferenceOperation)call.Instance).Member : null;
}
