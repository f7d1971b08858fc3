using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>What one operation adds to, or takes from, the tasks known to be complete.</summary>
internal sealed class CompletionTransfer(GuardContext guard, ControlFlowGraph graph)
{
    private CompletionAssumption? _conditions;

    /// <summary>The tasks that stand for several.</summary>
    public TaskJoins Joins { get; } = new(graph, guard);

    /// <summary>What follows from conditions.</summary>
    public CompletionAssumption Conditions => _conditions ??= new CompletionAssumption(guard, graph, this);

    /// <summary>Whether the value of the expression is a task that is complete already.</summary>
    public bool IsComplete(IOperation? value, HashSet<CompletionFact> facts) => value switch
    {
        // Task<int>? found = null: whoever reads that waits for nothing
        { ConstantValue: { HasValue: true, Value: null } } => true,
        IConversionOperation conversion => IsComplete(conversion.Operand, facts),
        IParenthesizedOperation parenthesized => IsComplete(parenthesized.Operand, facts),
        IAwaitOperation awaited =>
            Unwrapped.Awaited(awaited.Operation) is IInvocationOperation call && guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsFirst),
        IInvocationOperation call => guard.Apis.Has(call.TargetMethod, ApiTraits.Completed),
        IPropertyReferenceOperation property when guard.Apis.Has(property.Property, ApiTraits.Completed) => true,
        _ => AccessPath.Of(value) is { } path && facts.Contains(new CompletionFact(path, ofElements: false)),
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

            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                Forget(AccessPath.Of(argument.Value), facts);
                break;

            case IInvocationOperation call:
                Call(call, facts);
                break;

            case IDeconstructionAssignmentOperation { Target: ITupleOperation targets }:
                foreach (var target in targets.Elements) Forget(AccessPath.Of(target), facts);
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
            else if (call.Arguments.Length == 0) Add(AccessPath.Of(call.Instance), facts);
        }

        // Debug.Assert(t.IsCompleted), t.RunSynchronously()
        else if (guard.Apis.Has(call.TargetMethod, ApiTraits.ProvesComplete))
        {
            if (call.Instance is not null) AddTask(AccessPath.Of(call.Instance), facts);
            else if (call.Arguments.Length > 0) Conditions.Assume(call.Arguments[0].Value, true, facts);
        }

        // tasks.Add(…) brings in a task that may still run
        else if (call.Instance is not null && AccessPath.Of(call.Instance) is { } collection && !call.TargetMethod.ReturnsByRef)
        {
            if (ChangesCollection(call.TargetMethod.Name))
            {
                facts.Remove(new CompletionFact(collection, ofElements: true));
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

    // tasks.Add(first); tasks.AddRange(others); Task[] tasks = { first, second };
    private void Keep(IOperation value, AccessPath list, HashSet<CompletionFact> facts)
    {
        value = Unwrapped.Conversions(value);
        if (ElementList.TryGet(value, out var items))
        {
            foreach (var item in items) Keep(item, list, facts);
        }
        else if (AccessPath.Of(value) is { } path && !path.Equals(list))
        {
            if (guard.Awaitables.IsTask(path.Type)) facts.Add(new CompletionFact(path, ofElements: false, list));
            else if (guard.Awaitables.HoldsAwaitables(path.Type)) facts.Add(new CompletionFact(path, ofElements: true, list));
        }
    }

    private static bool ChangesCollection(string method) =>
        method is "Add" or "AddRange" or "Insert" or "InsertRange" or "Enqueue" or "Push" or "TryAdd" or "AddOrUpdate" or "GetOrAdd";

    private void Assign(ISimpleAssignmentOperation assignment, HashSet<CompletionFact> facts)
    {
        var target = AccessPath.Of(assignment.Target);
        if (target is null)
        {
            // tasks[i] = …
            if (Unwrapped.ElementOf(assignment.Target) is { } collection) facts.Remove(new CompletionFact(collection, ofElements: true));
            return;
        }

        var complete = IsComplete(assignment.Value, facts);
        var elements = AccessPath.Of(assignment.Value) is { } source && facts.Contains(new CompletionFact(source, ofElements: true));
        Forget(target, facts);
        if (complete) facts.Add(new CompletionFact(target, ofElements: false));
        if (elements) facts.Add(new CompletionFact(target, ofElements: true));
        if (guard.Awaitables.HoldsAwaitables(target.Type) && ElementList.TryGet(Unwrapped.Conversions(assignment.Value), out _))
            Keep(assignment.Value, target, facts);
    }

    // await t, await Task.WhenAll(a, b), await Task.WhenAll(tasks), await t.WaitAsync(token)
    private void Join(IOperation awaited, HashSet<CompletionFact> facts)
    {
        if (awaited is IInvocationOperation call)
        {
            if (!guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsAll)) return;
            AddTask(AccessPath.Of(call.Instance), facts);
            JoinArguments(call, facts);
        }
        else if (AccessPath.Of(awaited) is { } path)
        {
            AddTask(path, facts);

            // var all = Task.WhenAll(a, b);  …  await all;
            if (Joins.JoinIn(path.Root) is { } joined) JoinArguments(joined, facts);
        }
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
            foreach (var item in items) JoinValue(item, facts);
        }
        else if (value is IInvocationOperation call && CopiedBy(call) is { } source)
        {
            JoinValue(source, facts);
        }
        else if (AccessPath.Of(value) is { } path)
        {
            if (guard.Awaitables.IsTask(path.Type)) AddTask(path, facts);
            else AddElements(path, facts);
        }
    }

    private static void AddElements(AccessPath list, HashSet<CompletionFact> facts)
    {
        List<CompletionFact>? kept = null;
        foreach (var fact in facts)
        {
            if (fact.List is not null && fact.List.Equals(list)) (kept ??= new()).Add(new CompletionFact(fact.Path, fact.OfElements));
        }

        facts.Add(new CompletionFact(list, ofElements: true));
        if (kept is not null) facts.UnionWith(kept);
    }

    // Task.WaitAll(tasks.ToArray()), Task.WhenAll(tasks.Cast<Task>())
    private IOperation? CopiedBy(IInvocationOperation call)
    {
        if (!guard.Awaitables.HoldsAwaitables(call.Type)) return null;
        if (call is { Instance: { } list, Arguments.IsEmpty: true, Type: IArrayTypeSymbol })
            return guard.Awaitables.HoldsAwaitables(list.Type) ? list : null;
        if (call is not { Instance: null, Arguments: { Length: 1 } sources, TargetMethod.ContainingType: var type }) return null;
        return SymbolEqualityComparer.Default.Equals(type, guard.Types.Enumerable) ? sources[0].Value : null;
    }

    // A ValueTask may be awaited once: that it was awaited is no leave to read it again.
    private void AddTask(AccessPath? path, HashSet<CompletionFact> facts)
    {
        if (path is not null && guard.Awaitables.IsTask(path.Type)) Add(path, facts);
    }

    /// <summary>Adds what the path leads to, where there is one, as complete.</summary>
    public static void Add(AccessPath? path, HashSet<CompletionFact> facts)
    {
        if (path is not null) facts.Add(new CompletionFact(path, ofElements: false));
    }

    private static void Forget(AccessPath? path, HashSet<CompletionFact> facts)
    {
        if (path is not null) facts.RemoveWhere(fact => fact.Concerns(path));
    }
}
