using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>What one operation adds to, or takes from, the tasks known to be complete.</summary>
internal sealed partial class CompletionTransfer(
    GuardContext guard, ControlFlowGraph graph, Func<ControlFlowGraph, IEnumerable<CompletionFact>?>? atEndOf)
{
    // .. others; newer than the Roslyn this is compiled against.
    private const OperationKind Spread = (OperationKind)128;

    private CompletionAssumption? _conditions;
    private LoopJoins? _loops;
    private AwaitedFunctions? _functions;

    /// <summary>The tasks that stand for several.</summary>
    public TaskJoins Joins { get; } = new(graph, guard);

    /// <summary>The loops that wait for the tasks of a collection.</summary>
    public LoopJoins Loops => _loops ??= new LoopJoins(graph, guard);

    // What local functions and lambdas wait for.
    private AwaitedFunctions Functions => _functions ??= new AwaitedFunctions(guard, graph, Joins, atEndOf);

    /// <summary>What follows from conditions.</summary>
    public CompletionAssumption Conditions => _conditions ??= new CompletionAssumption(guard, graph, this);

    /// <summary>Whether the value of the expression is a task that is complete already.</summary>
    public bool IsComplete(IOperation? value, HashSet<CompletionFact> facts) => value switch
    {
        // Task<int>? found = null: code that reads it waits for nothing
        { ConstantValue: { HasValue: true, Value: null } } => true,
        IConversionOperation conversion => IsComplete(conversion.Operand, facts),
        IParenthesizedOperation parenthesized => IsComplete(parenthesized.Operand, facts),
        IAwaitOperation awaited when Unwrapped.Awaited(awaited.Operation) is IInvocationOperation call
            && guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsFirst) => true,
        IInvocationOperation call when guard.Apis.Has(call.TargetMethod, ApiTraits.Completed) => true,
        IPropertyReferenceOperation property when guard.Apis.Has(property.Property, ApiTraits.Completed) => true,
        _ => (TaskPath.Of(value, guard) is { } path && facts.Contains(new CompletionFact(path, ofElements: false)))
            || (value is not null && PickedTask.SameAs(value, guard) is { } same && IsComplete(same, facts))
            || (value is not null && TaskSequence.FactOf(value, guard) is { } fact && facts.Contains(fact)),
    };

    /// <summary>What the operation does once its operands are there.</summary>
    public void Apply(IOperation operation, HashSet<CompletionFact> facts)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation assignment:
                Assign(assignment, facts);
                break;

            case IAwaitOperation awaited:
                Join(Unwrapped.Awaited(awaited.Operation), facts);
                break;

            case IFlowCaptureOperation capture:
                Capture(capture, facts);
                break;

            // i++: tasks[i] is another task
            case IIncrementOrDecrementOperation { Target: var index }:
                ForgetPickedBy(index, facts);
                break;

            case ICompoundAssignmentOperation { Target: var index }:
                ForgetPickedBy(index, facts);
                break;

            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                Forget(AccessPath.WithElements(argument.Value), facts);
                ForgetPickedBy(argument.Value, facts);
                break;

            case IInvocationOperation call:
                Call(call, facts);
                break;

            case IDeconstructionAssignmentOperation { Target: ITupleOperation targets }:
                foreach (var target in targets.Elements) Forget(AccessPath.WithElements(target), facts);
                break;
        }
    }

    /// <summary>Whether the operation, where it throws, throws what has become of its tasks.</summary>
    public bool EndsTaskWhenItThrows(IOperation operation) => operation switch
    {
        IAwaitOperation awaited => EndsWith(Unwrapped.Awaited(awaited.Operation)),
        IInvocationOperation call => call.Arguments.IsEmpty && guard.Apis.Has(call.TargetMethod, ApiTraits.Waits),
        _ => false,
    };

    private bool EndsWith(IOperation task) => AccessPath.Of(task) is not null || IsJoinOfAll(task);

    /// <summary>Whether the operation only names tasks that others wait for: it is not what throws.</summary>
    public bool OnlyNamesTasks(IOperation operation) => operation switch
    {
        IFieldReferenceOperation => true,
        IPropertyReferenceOperation { Arguments.IsEmpty: true, Property: var property } => !guard.Apis.Has(property, ApiTraits.Waits),
        IInvocationOperation call => IsJoinOfAll(call) || AccessPath.Of(Unwrapped.Awaited(call)) is not null,
        _ => false,
    };

    // Task.WhenAll(a, b); not t.WaitAsync(token)
    private bool IsJoinOfAll(IOperation value) =>
        value is IInvocationOperation { Instance: null } call && guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsAll);

    private void Call(IInvocationOperation call, HashSet<CompletionFact> facts)
    {
        // t.Wait(), Task.WaitAll(tasks)
        if (guard.Apis.Has(call.TargetMethod, ApiTraits.Waits))
        {
            if (call.Instance is null) JoinArguments(call, facts);
            else if (WaitsToTheEnd(call)) AddTask(call.Instance, facts);
        }

        // source.SetResult(x), source.TrySetResult(x): where that says no, it was complete before
        else if (call.Instance is not null && guard.Awaitables.IsCompletionSource(call.Instance.Type)
            && guard.Apis.Has(call.TargetMethod, ApiTraits.Completes))
        {
            if (AccessPath.Of(call.Instance) is not { } source) return;
            foreach (var task in TaskMembers.SourceTask.In(call.Instance.Type!)) Add(source.Append(task), facts);
        }

        // Debug.Assert(t.IsCompleted), t.RunSynchronously()
        else if (guard.Apis.Has(call.TargetMethod, ApiTraits.ProvesComplete))
        {
            if (call.Instance is not null) AddTask(AccessPath.WithElements(call.Instance), facts);
            else if (call.Arguments.Length > 0) Conditions.Assume(call.Arguments[0].Value, true, facts);
        }

        // tasks.Add(…) brings in a task that may still run
        else if (call.Instance is not null && AccessPath.Of(call.Instance) is { } collection && !call.TargetMethod.ReturnsByRef)
        {
            if (CollectionNames.Extends(call.TargetMethod.Name))
            {
                ForgetElements(collection, facts);
                foreach (var argument in call.Arguments) Keep(argument.Value, collection, facts);
            }
            else if (!call.Arguments.IsEmpty || call.TargetMethod.ReturnsVoid)
            {
                facts.RemoveWhere(fact => fact.List is not null && fact.List.Equals(collection));
            }
        }

        // Drain(tasks) may take some out
        else if (!guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsAll | ApiTraits.JoinsFirst)
            && guard.Apis.TypeEntry(call.TargetMethod.ContainingType, ApiTraits.CallsInPlace) is null)
        {
            foreach (var argument in call.Arguments)
            {
                if (AccessPath.Of(argument.Value) is { } given) facts.RemoveWhere(fact => fact.List is not null && fact.List.Equals(given));
            }
        }
    }

    // t.Wait(), t.Wait(token): where the token ends it, it throws; t.Wait(Timeout.Infinite)
    private static bool WaitsToTheEnd(IInvocationOperation call) => InfiniteTimeout.IsIn(call.Arguments) ?? true;

    // tasks.Add(first); tasks.AddRange(others); Task[] tasks = { first, second };
    private void Keep(IOperation value, AccessPath list, HashSet<CompletionFact> facts)
    {
        value = Unwrapped.Conversions(value);
        if (ElementList.TryGet(value, out var items))
        {
            foreach (var item in items) Keep(Item(item), list, facts);
        }
        else if (AccessPath.Of(value) is { } path && !path.Equals(list))
        {
            if (guard.Awaitables.IsTask(path.Type)) facts.Add(new CompletionFact(path, ofElements: false, list));
            else if (guard.Awaitables.HoldsAwaitables(path.Type)) facts.Add(new CompletionFact(path, ofElements: true, list));
        }
    }

    private void Assign(ISimpleAssignmentOperation assignment, HashSet<CompletionFact> facts)
    {
        // tasks[i] = …
        var complete = IsComplete(assignment.Value, facts);
        if (!complete && Unwrapped.ElementOf(assignment.Target) is { } changed) ForgetElements(changed, facts);
        if (AccessPath.WithElements(assignment.Target) is not { } target) return;

        var elements = TaskSequence.SourceOf(assignment.Value, whole: false, guard) is { } source
            && facts.Contains(new CompletionFact(source, ofElements: true));
        Forget(target, facts);
        ForgetPickedBy(assignment.Target, facts);
        if (complete) facts.Add(new CompletionFact(target, ofElements: false));
        if (elements) facts.Add(new CompletionFact(target, ofElements: true));
        if (guard.Awaitables.HoldsAwaitables(target.Type) && ElementList.TryGet(Unwrapped.Conversions(assignment.Value), out _))
            Keep(assignment.Value, target, facts);
        if (Joins.ItemsOf(assignment.Value) is { } items)
        {
            foreach (var item in items) Keep(item, target, facts);
        }

        Name(target, assignment.Value, facts);
    }

    // await t, await Task.WhenAll(a, b), await Task.WhenAll(tasks), await t.WaitAsync(token)
    private void Join(IOperation awaited, HashSet<CompletionFact> facts)
    {
        if (awaited is IFlowCaptureReferenceOperation)
        {
            AddTask(awaited, facts);
        }
        else if (TaskPath.Of(awaited, guard) is { } path)
        {
            AddTask(path, facts);

            // await t.Unwrap(): both
            if (awaited is IInvocationOperation wrapped && TaskMembers.Unwrap.Is(wrapped.TargetMethod)) JoinArguments(wrapped, facts);

            // var all = Task.WhenAll(a, b);  …  await all;
            else if (Joins.JoinIn(path.Root) is { } joined) JoinCall(joined, facts);
        }
        else if (awaited is IInvocationOperation call)
        {
            // await Task.WhenAny(a, b), await tasks.First(t => …) are no joins; what await DrainAsync(tasks) does is not known
            if ((guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsFirst) && !IsOfOne(call))
                || (!guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsAll) && TaskSequence.FactOf(call, guard) is not null))
                return;
            JoinCall(call, facts);
        }
    }

    // Task.WhenAny(a): the first is the only one
    private static bool IsOfOne(IInvocationOperation call) =>
        call.Arguments.Length == 1 && ElementList.TryGet(call.Arguments[0].Value, out var tasks)
        && tasks.Count == 1 && tasks.First().Kind != Spread;

    private void JoinCall(IInvocationOperation call, HashSet<CompletionFact> facts)
    {
        AddTask(call.Instance, facts);
        JoinArguments(call, facts);
        foreach (var fact in Functions.KnownAfter(call)) AddWithKept(fact, facts);
    }

    private void JoinArguments(IInvocationOperation call, HashSet<CompletionFact> facts)
    {
        foreach (var argument in call.Arguments) JoinValue(argument.Value, facts);
    }

    private void JoinValue(IOperation value, HashSet<CompletionFact> facts)
    {
        value = Unwrapped.Conversions(value);
        if (ElementList.TryGet(value, out var items))
        {
            foreach (var item in items) JoinValue(Item(item), facts);
        }
        else if (guard.Awaitables.IsTask(value.Type))
        {
            if (value is IFlowCaptureReferenceOperation) AddTask(value, facts);
            else AddTask(TaskPath.Of(value, guard), facts);
            if (value is not IInvocationOperation helper) return;
            foreach (var fact in Functions.KnownAfter(helper)) AddWithKept(fact, facts);
        }
        else
        {
            if (TaskSequence.SourceOf(value, whole: true, guard) is { } source) AddElements(source, facts);
            else AddFirst(value, facts);

            // Task.WhenAll(tasks.Append(last)), Task.WhenAll(some.Concat(others))
            if (value is IInvocationOperation { Instance: null, Arguments.Length: > 1 } call && guard.Awaitables.HoldsAwaitables(call.Type))
                JoinValue(call.Arguments[1].Value, facts);
        }
    }

    // Task.WhenAll(tasks.Take(2)): tasks[0], tasks[1]
    private void AddFirst(IOperation value, HashSet<CompletionFact> facts)
    {
        if (TaskSequence.FirstOf(value, guard) is not { } first) return;
        for (var i = 0; i < first.Count; i++) Add(first.List.At(i, type: null), facts);
    }

    private static IOperation Item(IOperation item) => item.Kind == Spread ? item.ChildOperations.First() : item;

    private static void AddElements(AccessPath list, HashSet<CompletionFact> facts) =>
        AddWithKept(new CompletionFact(list, ofElements: true), facts);

    // With the tasks that are in the list, and the task under its other names.
    private static void AddWithKept(CompletionFact known, HashSet<CompletionFact> facts)
    {
        if (facts.Add(known)) AddKept(known.Path, facts);
    }

    /// <summary>Adds the tasks that are complete where what stands in the place is.</summary>
    public static void AddKept(AccessPath list, HashSet<CompletionFact> facts)
    {
        List<CompletionFact>? kept = null;
        foreach (var fact in facts)
        {
            if (fact.List is not null && fact.List.Equals(list)) (kept ??= new()).Add(new CompletionFact(fact.Path, fact.OfElements));
        }

        if (kept is null) return;
        foreach (var fact in kept) AddWithKept(fact, facts);
    }

    private void AddTask(IOperation? task, HashSet<CompletionFact> facts)
    {
        if (Unwrapped.ConversionsOrNull(task) is IFlowCaptureReferenceOperation { Id: var captured })
            AddKept(AccessPath.Of(captured), facts);
        else AddTask(AccessPath.WithElements(task), facts);
    }

    // A ValueTask may be awaited once: that it was awaited is no leave to read it again.
    private void AddTask(AccessPath? path, HashSet<CompletionFact> facts)
    {
        if (path is not null && guard.Awaitables.IsTask(path.Type)) Add(path, facts);
    }

    /// <summary>Adds what the path leads to, where there is one, as complete.</summary>
    public static void Add(AccessPath? path, HashSet<CompletionFact> facts)
    {
        if (path is not null) AddWithKept(new CompletionFact(path, ofElements: false), facts);
    }

    /// <summary>Adds what is known once a loop has ended by its condition.</summary>
    public void AddLoop(IOperation condition, HashSet<CompletionFact> facts)
    {
        foreach (var joined in Loops.KnownWhenEnds(condition))
        {
            if (joined.List is null) AddWithKept(joined, facts);
            else facts.Add(joined);
        }
    }

    private static void ForgetElements(AccessPath list, HashSet<CompletionFact> facts) =>
        facts.RemoveWhere(fact => fact.OfElements && fact.List is null && fact.Path.StartsWith(list));

    private static void ForgetPickedBy(IOperation index, HashSet<CompletionFact> facts)
    {
        if (AccessPath.Of(index) is { IsRoot: true, Root: var variable }) facts.RemoveWhere(fact => fact.IsPickedBy(variable));
    }

    private static void Forget(AccessPath? path, HashSet<CompletionFact> facts)
    {
        if (path is not null) facts.RemoveWhere(fact => fact.Concerns(path));
    }
}
