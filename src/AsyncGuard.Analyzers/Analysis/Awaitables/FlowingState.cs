using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>
/// What flows with the code and is left changed for the caller: an <c>AsyncLocal&lt;T></c>, the culture, the current activity. What an
/// async function sets is undone when it returns to its caller, so that a function with such an effect cannot change between the two.
/// </summary>
internal static class FlowingState
{
    private const int MostDepth = 3;

    /// <summary>Whether the code, or a method of the project that it calls, sets such a value and does not set it back.</summary>
    public static bool IsLeftBy(IEnumerable<IOperation> code, GuardContext guard)
    {
        var writes = new Dictionary<object, int>();
        Count(code, guard, writes, new HashSet<ISymbol>(SymbolEqualityComparer.Default), depth: 0);
        foreach (var write in writes)
        {
            // Code that sets it twice restores it.
            if (write.Value == 1) return true;
        }

        return false;
    }

    private static void Count(IEnumerable<IOperation> code, GuardContext guard, Dictionary<object, int> writes, HashSet<ISymbol> seen,
        int depth)
    {
        foreach (var child in code)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            if (WrittenBy(child, guard) is { } value)
            {
                writes.TryGetValue(value, out var number);
                writes[value] = number + 1;
            }

            if (child is IInvocationOperation { TargetMethod: { IsAsync: false } called } && depth < MostDepth && !IsResource(child)
                && !called.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty && seen.Add(called.OriginalDefinition))
                Count(Bodies.Of(guard).OperationsOf(called.OriginalDefinition), guard, writes, seen, depth + 1);
            Count(child.ChildOperations, guard, writes, seen, depth);
        }
    }

    private static object? WrittenBy(IOperation operation, GuardContext guard) => operation switch
    {
        IAssignmentOperation { Target: IPropertyReferenceOperation property } =>
            HolderWrittenBy(property, guard) ?? Flowing(property.Property, guard),
        // activity.Start(), source.StartActivity("load") without using
        IInvocationOperation call when !IsResource(call) => Flowing(call.TargetMethod, guard),
        _ => null,
    };

    private static object? Flowing(ISymbol member, GuardContext guard) =>
        guard.Apis.Find(member, ApiTraits.Flows, out var entry) ? entry.Answer ?? entry.Member : null;

    private static object? HolderWrittenBy(IPropertyReferenceOperation property, GuardContext guard) =>
        property.Instance is { } instance && ThreadingMembers.AsyncLocalValue.Is(property.Property)
            ? AmbientValue.HolderOf(instance) ?? (object)property.Property.Name
            : null;

    // using var activity = source.StartActivity("load"); using (Culture.Switch("de")) { … }
    private static bool IsResource(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null and not IBlockOperation; parent = parent.Parent)
        {
            if (parent is IUsingDeclarationOperation) return true;
            if (parent is IUsingOperation use) return use.Resources.Syntax.Span.Contains(operation.Syntax.Span);
        }

        return false;
    }
}
