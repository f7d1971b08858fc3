using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// An object of a function that lives on when the function has ended, because it has been put where others find it:
/// <code>_open.Add(connection); _current = connection; Track(connection); _work = Task.Run(() => connection.Read());</code>
/// One that the function itself waits for, as in <c>await request.Task</c>, has no further purpose.
/// </summary>
internal static class KeptObject
{
    /// <summary>Whether one of the locals is kept after the place.</summary>
    public static bool IsOneOf(HashSet<ISymbol> locals, IOperation place, GuardContext guard)
    {
        var function = FlowGraphs.FunctionAround(place);
        var isKept = false;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation.Syntax.SpanStart < place.Syntax.Span.End || !ReferenceEquals(FlowGraphs.FunctionAround(operation), function))
                continue;
            switch (operation)
            {
                case IAwaitOperation awaited when IsPartOf(awaited.Operation, locals):
                    return false;
                case ISimpleAssignmentOperation { Target: not ILocalReferenceOperation } assignment:
                    isKept |= Is(assignment.Value, locals);
                    break;
                case IInvocationOperation call when !IsAwaited(call):
                    isKept |= Keeps(call, locals, guard);
                    break;
            }
        }

        return isKept;
    }

    private static bool Keeps(IInvocationOperation call, HashSet<ISymbol> locals, GuardContext guard)
    {
        var isTask = guard.Awaitables.IsAwaitable(call.Type);
        if (!isTask && !IsOfProject(call.TargetMethod) && !CollectionTypes.IsIn(call.TargetMethod.ContainingType)) return false;
        foreach (var argument in call.Arguments)
        {
            if (Is(argument.Value, locals) || (isTask && Mentions(argument.Value, locals))) return true;
        }

        return false;
    }

    private static bool IsOfProject(IMethodSymbol method) => !method.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty;

    private static bool IsAwaited(IOperation call)
    {
        while (call.Parent is IInvocationOperation outer
            && (outer.TargetMethod.Name == WellKnownMember.ConfigureAwait || TaskMembers.WaitAsync.Is(outer.TargetMethod)))
            call = outer;
        return call.Parent is IAwaitOperation;
    }

    // request, request.Task, request.Task.WaitAsync(limit)
    private static bool IsPartOf(IOperation value, HashSet<ISymbol> locals)
    {
        value = Unwrapped.Awaited(value);
        while (true)
        {
            switch (value)
            {
                case IPropertyReferenceOperation { Instance: { } instance }:
                    value = instance;
                    continue;
                case IInvocationOperation { Instance: { } waited } limited when TaskMembers.WaitAsync.Is(limited.TargetMethod):
                    value = waited;
                    continue;
                default:
                    return Is(value, locals);
            }
        }
    }

    private static bool Mentions(IOperation value, HashSet<ISymbol> locals)
    {
        foreach (var operation in value.DescendantsAndSelf())
        {
            if (Is(operation, locals)) return true;
        }

        return false;
    }

    private static bool Is(IOperation value, HashSet<ISymbol> locals) =>
        Unwrapped.Conversions(value) is ILocalReferenceOperation { Local: var local } && locals.Contains(local);
}
