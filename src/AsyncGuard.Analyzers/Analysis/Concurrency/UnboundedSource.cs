using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// Items whose number is unknown: a stream, the lines of a file, what a query finds, what a request holds, what a channel receives, the
/// connections that a listener accepts. A list that other code made has the length that it received.
/// </summary>
internal static class UnboundedSource
{
    private const int MaxSteps = 12;

    /// <summary>Whether the loop runs once for each item of such a source.</summary>
    public static bool IsReadBy(ILoopOperation loop, GuardContext guard) => loop switch
    {
        IForEachLoopOperation each => IsSequence(each.Collection, guard),
        IWhileLoopOperation { Condition: var condition } => TakesNext(condition, loop, guard) && !LoopBounds.IsCounted(loop),
        IForLoopOperation { Condition: var condition } => TakesNext(condition, loop, guard) && !LoopBounds.IsCounted(loop),
        _ => false,
    };

    /// <summary>
    /// Whether the expression is a sequence of such items, whatever was filtered out of it; one that was cut to a length is not.
    /// </summary>
    public static bool IsSequence(IOperation? sequence, GuardContext guard) => IsSequence(sequence, guard, MaxSteps);

    private static bool IsSequence(IOperation? sequence, GuardContext guard, int steps)
    {
        for (; steps > 0; steps--)
        {
            switch (sequence)
            {
                case IConversionOperation conversion:
                    sequence = conversion.Operand;
                    continue;
                case IParenthesizedOperation inner:
                    sequence = inner.Operand;
                    continue;
                case IAwaitOperation awaited:
                    sequence = awaited.Operation;
                    continue;
                case ITranslatedQueryOperation query:
                    sequence = query.Operation;
                    continue;

                // lines ?? []
                case ICoalesceOperation choice:
                    sequence = choice.Value;
                    continue;

                case IInvocationOperation call:
                    if (BoundedCalls.Limits(call, guard)) return false;
                    if (guard.Apis.Has(call.TargetMethod, ApiTraits.Unbounded)) return !InMemory.Serves(call, guard);
                    if (BoundedCalls.SourceOf(call, guard) is { } source)
                    {
                        sequence = source;
                        continue;
                    }

                    return IsMade(call, guard, steps - 1);

                case ILocalReferenceOperation { Local: var local } reference:
                    if (RequestBody.IsMeasured(local, reference)) return false;
                    if (InitialValue.Of(reference, guard) is { } value)
                    {
                        sequence = value;
                        continue;
                    }

                    return DatabaseQuery.Is(reference, guard.Types.Queryable);

                case IParameterReferenceOperation { Parameter: var parameter } reference:
                    return IsStream(parameter.Type, guard) || DatabaseQuery.Is(reference, guard.Types.Queryable)
                        || (RequestBody.Is(parameter, guard) && !RequestBody.IsMeasured(parameter, reference));

                // db.Orders, form.Files, order.Lines
                case IPropertyReferenceOperation { Arguments.IsEmpty: true } property:
                    if (IsStream(property.Type, guard) || DatabaseQuery.Is(property, guard.Types.Queryable)
                        || guard.Apis.Has(property.Property, ApiTraits.Unbounded))
                        return true;
                    if (property.Instance is null || !RequestBody.IsCollection(property.Type, guard)
                        || RequestBody.IsMeasured(property.Property, property))
                        return false;
                    sequence = property.Instance;
                    continue;

                case IFieldReferenceOperation field:
                    return IsStream(field.Type, guard) || DatabaseQuery.Is(field, guard.Types.Queryable);

                default:
                    return false;
            }
        }

        return false;
    }

    public static bool IsStream(ITypeSymbol? type, GuardContext guard)
    {
        if (type is not INamedTypeSymbol named || guard.Types.AsyncEnumerableOfT is not { } stream) return false;
        if (SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, stream)) return true;
        foreach (var implemented in named.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, stream)) return true;
        }

        return false;
    }

    // What a method of this project makes is what it returns, or yields.
    private static bool IsMade(IInvocationOperation call, GuardContext guard, int steps)
    {
        if (BoundedCalls.IsOfBoundedChannel(call.Instance, guard)) return false;

        // Task.WhenEach(tasks), which are as many as there are
        if (guard.Awaitables.IsTask(call.TargetMethod.ContainingType)) return false;
        var isStream = IsStream(call.Type, guard);
        if (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || call.TargetMethod.IsAbstract || call.TargetMethod.IsVirtual)
            return isStream || DatabaseQuery.Is(call, guard.Types.Queryable);

        IOperation? made = null;
        foreach (var body in Bodies.Of(guard).OperationsOf(call.TargetMethod.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IReturnOperation { ReturnedValue: { } value }
                    || FlowGraphs.FunctionAround(operation) is not (null or ILocalFunctionOperation))
                    continue;
                if (operation.Kind == OperationKind.YieldReturn)
                {
                    if (IsYieldedForever(operation, guard)) return true;
                }
                else if (made is not null)
                {
                    return false;
                }
                else
                {
                    made = value;
                }
            }
        }

        return made is not null && IsSequence(made, guard, steps);
    }

    // while (…) yield return …; foreach (var row in rows) yield return …
    private static bool IsYieldedForever(IOperation yield, GuardContext guard)
    {
        for (var parent = yield.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is IWhileLoopOperation loop ? !LoopBounds.IsCounted(loop) : parent is ILoopOperation other && IsReadBy(other, guard))
                return true;
        }

        return false;
    }

    // while ((line = await reader.ReadLineAsync()) != null), while (true) { … await listener.AcceptAsync() … }
    private static bool TakesNext(IOperation? condition, ILoopOperation loop, GuardContext guard) =>
        (condition is not null && HoldsNext(condition, guard)) || HoldsNext(loop.Body, guard);

    // await server.AcceptAsync(token), of a listener that the catalog does not know
    private static bool IsAccept(IAwaitOperation awaited) =>
        Unwrapped.Work(awaited.Operation) is IInvocationOperation { TargetMethod: { Name: var name } method }
        && ConventionalNames.Accepts(name)
        && !method.ReturnsVoid && awaited.Type?.SpecialType is not (SpecialType.System_Void or SpecialType.System_Boolean);

    private static bool HoldsNext(IOperation code, GuardContext guard)
    {
        if (code is IAwaitOperation awaited && IsAccept(awaited)) return true;
        if (code is IInvocationOperation call && guard.Apis.Has(call.TargetMethod, ApiTraits.NextItem))
            return !InMemory.Serves(call, guard) && !BoundedCalls.IsOfBoundedChannel(call.Instance, guard);
        foreach (var child in code.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation) continue;
            if (HoldsNext(child, guard)) return true;
        }

        return false;
    }
}
