using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// Tasks that are started one for each item of an unbounded source, and of which nothing limits how many run at the same time.
/// </summary>
internal readonly struct FanOut
{
    private FanOut(IOperation start, IInvocationOperation work, ILoopOperation? loop)
    {
        Start = start;
        Work = work;
        Loop = loop;
    }

    /// <summary>The expression that starts the tasks: the call in a loop, or the <c>Select</c>.</summary>
    public IOperation Start { get; }

    /// <summary>The call whose name says what is started.</summary>
    public IInvocationOperation Work { get; }

    /// <summary>The loop that starts them, or null where a query does.</summary>
    public ILoopOperation? Loop { get; }

    /// <summary>The fan-out that an assignment or a call is part of.</summary>
    public static FanOut? Of(IOperation operation, GuardContext guard) => operation switch
    {
        ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } discard =>
            OfDiscard(discard, guard),
        ISimpleAssignmentOperation
        {
            Target: IPropertyReferenceOperation
            {
                Property.IsIndexer: true,
                Instance: { } collection
            }
        } element => OfCollected(element, collection, element.Value, guard),
        IInvocationOperation select when CollectionNames.Projects(select.TargetMethod.Name) => OfSelect(select, guard),
        IInvocationOperation each when GroupMembers.Loop.Is(each.TargetMethod) => OfGroupLoop(each, guard),
        IInvocationOperation { Instance: { } collection } add when TaskFate.Fills(add.TargetMethod) && add.Arguments.Length > 0 =>
            OfCollected(add, collection, add.Arguments[add.Arguments.Length - 1].Value, guard),
        IInvocationOperation { Parent: IExpressionStatementOperation } handed => OfHanded(handed, guard),
        _ => null,
    };

    // _ = HandleAsync(client);
    private static FanOut? OfDiscard(ISimpleAssignmentOperation discard, GuardContext guard)
    {
        if (!IsInLoop(discard) || !guard.Awaitables.IsAwaitable(discard.Value.Type)) return null;
        return StartedTask.CallIn(discard.Value) is { } call
            ? OfGroupStart(call, guard) ?? OfObserved(call, guard) ?? InLoop(StartIn(discard.Value, guard), collection: null, guard) : null;
    }

    // group.Start(ct => HandleAsync(client, ct)); HandleAsync(client).Forget();
    private static FanOut? OfHanded(IInvocationOperation call, GuardContext guard) =>
        IsInLoop(call) ? OfGroupStart(call, guard) ?? OfObserved(call, guard) : null;

    // HandleAsync(client).Forget(); HandleAsync(client).ContinueWith(t => Log(t.Exception));
    private static FanOut? OfObserved(IInvocationOperation call, GuardContext guard)
    {
        var work = Unwrapped.Receiver(call);
        if (work is null || !guard.Awaitables.IsAwaitable(work.Type) || StartedTask.IsWrapper(call.TargetMethod)
            || !TaskObserver.Is(call, guard))
            return null;
        return InLoop(StartIn(work, guard), collection: null, guard);
    }

    // tasks.Add(SendAsync(row)); running[id] = SendAsync(row);
    private static FanOut? OfCollected(IOperation place, IOperation collection, IOperation value, GuardContext guard)
    {
        if (!IsInLoop(place) || !guard.Awaitables.HoldsAwaitables(collection.Type) || AccessPath.Of(collection)?.Root is not { } root)
            return null;
        if (root is ILocalSymbol local && !TaskHolder.Of(local, place, guard).IsTakenCareOf(place, guard)) return null;
        return InLoop(StartIn(value, guard), root, guard);
    }

    // Task.WhenAll(rows.Select(row => SendAsync(row)))
    private static FanOut? OfSelect(IInvocationOperation select, GuardContext guard)
    {
        if (!Enumeration.IsLazy(select, guard) || !guard.Awaitables.HoldsAwaitables(select.Type) || select.Arguments.Length != 2)
            return null;
        var starts = new List<IOperation>();
        TaskStarts.AddFrom(select, starts, guard);
        if (starts.Count != 1 || !ReferenceEquals(starts[0], select) || !TasksAtOnce.Start(select, guard)) return null;
        return UnboundedSource.IsSequence(select.Arguments[0].Value, guard) && !Throttle.IsIn(select.Arguments[1].Value, guard)
            ? new FanOut(select, select, loop: null) : null;
    }

    // TaskGroup.ForEachAsync(rows, (row, ct) => SendAsync(row, ct)), which has a limit only if it receives one
    private static FanOut? OfGroupLoop(IInvocationOperation call, GuardContext guard)
    {
        IOperation? source = null, work = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == ParameterNames.MaxConcurrency
                && (argument.ArgumentKind != ArgumentKind.DefaultValue || argument.Value.ConstantValue is not { HasValue: true, Value: 0 }))
                return null;
            if (argument.Parameter?.Ordinal == 0) source = argument.Value;
            if (argument.Parameter?.Ordinal == 1) work = argument.Value;
        }

        return UnboundedSource.IsSequence(source, guard) && work is not null && !Throttle.IsIn(work, guard)
            ? new FanOut(call, call, loop: null) : null;
    }

    private static FanOut? OfGroupStart(IInvocationOperation call, GuardContext guard) =>
        GroupLimit.IsUnlimitedStart(call, guard) ? InLoop(call, collection: null, guard) : null;

    private static FanOut? InLoop(IInvocationOperation? start, ISymbol? collection, GuardContext guard)
    {
        if (start is null) return null;
        for (var parent = start.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is not ILoopOperation loop) continue;
            if (collection is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
                && loop.Syntax.Span.Contains(declarations[0].Span))
                return null;
            if (!UnboundedSource.IsReadBy(loop, guard)) continue;
            return IsAwaitedInTurn(start, loop) || Throttle.Slows(loop, collection, guard) || Throttle.IsIn(start, guard)
                || RecordedCode.Is(start, guard) ? null : new FanOut(start, start, loop);
        }

        return null;
    }

    // var receive = udp.ReceiveAsync(); …; await Task.WhenAny(close, receive): the next one starts when this one is done
    private static bool IsAwaitedInTurn(IOperation start, ILoopOperation loop)
    {
        var value = start;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IInvocationOperation) value = value.Parent;
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }) return false;
        foreach (var operation in loop.Body.Descendants())
        {
            if (operation is not IAwaitOperation awaited || FlowGraphs.FunctionAround(awaited) != FlowGraphs.FunctionAround(start))
                continue;
            foreach (var inner in awaited.Operation.DescendantsAndSelf())
            {
                if (inner is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local))
                    return true;
            }
        }

        return false;
    }

    private static IInvocationOperation? StartIn(IOperation value, GuardContext guard)
    {
        var starts = new List<IOperation>(1);
        TaskStarts.AddFrom(value, starts, guard);
        return starts.Count == 1 ? starts[0] as IInvocationOperation : null;
    }

    private static bool IsInLoop(IOperation place)
    {
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation) return true;
        }

        return false;
    }
}
