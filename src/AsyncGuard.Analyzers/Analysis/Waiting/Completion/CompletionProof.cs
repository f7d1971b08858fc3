using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>Proves that a task has nothing left to wait for where it is read.</summary>
internal static class CompletionProof
{
    /// <summary>Whether the task is complete on every path that reaches the operation.</summary>
    public static bool IsComplete(IOperation task, OperationAnalysisContext context, GuardContext guard) =>
        IsComplete(task, context.GetControlFlowGraph, guard);

    /// <summary>Whether all that is waited for is complete.</summary>
    public static bool IsComplete(TaskWait wait, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        foreach (var task in wait.Tasks)
        {
            if (!IsComplete(task, graphOfMember, guard)) return false;
        }

        return wait.Tasks.Length > 0;
    }

    /// <summary>
    /// The same outside of an analysis. <paramref name="graphOfMember"/> is asked only where the value alone proves nothing.
    /// </summary>
    public static bool IsComplete(IOperation task, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        task = Unwrapped.Awaited(task);
        if (task is IConditionalAccessInstanceOperation) task = Unwrapped.Awaited(Unwrapped.Conditional(task));
        if (ChoiceIn(task) is { } choice)
            return IsComplete(choice.First, graphOfMember, guard) && IsComplete(choice.Second, graphOfMember, guard);
        if (IsCompleteValue(task, guard) || IsMadeComplete(task, guard) || PatternProof.IsComplete(task, guard)) return true;
        if (PatternProof.SubjectOf(task) is { } subject)
        {
            // t switch { { IsCompleted: false } => 0, { Result: var r } => r }
            return IsComplete(subject, graphOfMember, guard)
                || (TaskPath.Of(subject, guard) is { } subjectPath
                && Holds(new CompletionFact(subjectPath, ofElements: false), task, graphOfMember(), guard));
        }

        // tasks.First(t => t.IsCompleted), tasks[Array.IndexOf(tasks, winner)]
        if (PickedTask.IsByCompletion(task, guard)) return true;
        if (PickedTask.SameAs(task, guard) is { } same && IsComplete(same, graphOfMember, guard)) return true;

        // t, tasks, tasks[0], (await t)
        if (TaskPath.Of(task, guard) is { } path
            && Holds(new CompletionFact(path, ofElements: !guard.Awaitables.IsAwaitable(path.Type)), task, graphOfMember(), guard))
            return true;
        return TaskSequence.FactOf(task, guard) is { } fact && Holds(fact, task, graphOfMember(), guard);
    }

    // (work ?? Task.FromResult(0)).Result, (isReady ? known : work).Result
    private static (IOperation First, IOperation Second)? ChoiceIn(IOperation task) => task switch
    {
        ICoalesceOperation { Value: var first, WhenNull: var second } => (first, second),
        IConditionalOperation { WhenTrue: var first, WhenFalse: { } second } => (first, second),
        _ => null,
    };

    // Task.FromResult(1), Task.CompletedTask, new ValueTask<int>(1), await Task.WhenAny(a, b), Count() { return Task.FromResult(1); }
    private static bool IsCompleteValue(IOperation value, GuardContext guard) => value switch
    {
        IInvocationOperation call => CompletedReturn.Is(call, guard) || BufferedResponse.IsReadLater(call, guard),
        IPropertyReferenceOperation property => guard.Apis.Has(property.Property, ApiTraits.Completed),
        IAwaitOperation awaited =>
            Unwrapped.Awaited(awaited.Operation) is IInvocationOperation call && guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsFirst),
        IObjectCreationOperation { Arguments.Length: 1 } created =>
            guard.Awaitables.IsValueTask(created.Type) && !guard.Awaitables.IsAwaitable(created.Arguments[0].Value.Type),
        _ => false,
    };

    // private readonly Task<int> _none = Task.FromResult(0);
    private static bool IsMadeComplete(IOperation value, GuardContext guard) =>
        value is IFieldReferenceOperation or IPropertyReferenceOperation { Property: { IsVirtual: false, IsOverride: false } }
        && InitialValue.Of(value, guard) is { } made && IsCompleteValue(made, guard);

    private static bool Holds(CompletionFact fact, IOperation place, ControlFlowGraph outermost, GuardContext guard)
    {
        var functions = FlowGraphs.FunctionsAround(place);
        if (FlowGraphs.Inner(functions, outermost) is not { } graph) return false;
        if (CompletionFlow.Of(graph, guard).HoldsAt(fact, place.Syntax)) return true;
        if (IsHandedOverComplete(fact, place, functions, outermost, guard)) return true;
        if (functions.Count == 0 || Declares(functions[functions.Count - 1], fact.Path.Root)) return false;

        // Captured: complete where the lambda is made, and never assigned again.
        var lambda = functions[functions.Count - 1];
        return lambda is IAnonymousFunctionOperation && !IsReassigned(fact.Path.Root, lambda) && Holds(fact, lambda, outermost, guard);
    }

    /// <summary>The variable of a loop or lambda whose source holds complete tasks only, or hands them out when they are.</summary>
    private static bool IsHandedOverComplete(CompletionFact fact, IOperation place, List<IOperation> functions, ControlFlowGraph outermost,
        GuardContext guard)
    {
        switch (fact.Path.Root)
        {
            // foreach (var t in tasks) after await Task.WhenAll(tasks); await foreach (var t in Task.WhenEach(tasks))
            case ILocalSymbol local when LoopOver(local, place) is { } loop:
                if (Unwrapped.Sequence(loop.Collection) is IInvocationOperation source
                    && guard.Apis.Has(source.TargetMethod, ApiTraits.JoinsFirst))
                    return true;
                return HoldsOfElements(loop.Collection, fact, place, outermost, guard)
                    || HoldsOfParts(loop, fact, place, outermost, guard);

            // tasks.Select(t => t.Result), task.ContinueWith(t => t.Result)
            case IParameterSymbol parameter:
                for (var i = functions.Count - 1; i >= 0; i--)
                {
                    if (!Declares(functions[i], parameter) || functions[i] is not IAnonymousFunctionOperation lambda) continue;
                    var (kind, receiver) = DelegateUse.Of(lambda, guard);
                    if (receiver is not IInvocationOperation call) return false;
                    if (guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted) || HandsOnItsTask.Is(call, lambda, parameter))
                        return !IsReassigned(parameter, lambda);
                    return kind == DelegateUseKind.InPlace && Unwrapped.Receiver(call) is { } items
                        && HoldsOfElements(items, fact, call, outermost, guard);
                }

                return false;

            default:
                return false;
        }
    }

    private static bool HoldsOfElements(IOperation source, CompletionFact ofElement, IOperation place, ControlFlowGraph outermost,
        GuardContext guard)
    {
        // tasks.Where(t => t.IsCompleted)
        for (var item = QueryOf(source, guard); item is IInvocationOperation call && Unwrapped.Receiver(call) is { } inner;
            item = QueryOf(inner, guard))
        {
            if (CollectionNames.Filters(call.TargetMethod.Name) && call.Arguments.Length > 0
                && PickedTask.FiltersComplete(call.Arguments[call.Arguments.Length - 1].Value, guard))
                return true;
            if (!TaskSequence.Keeps(call)) break;
        }

        return TaskSequence.SourceOf(source, whole: false, guard) is { } collection
            && Holds(new CompletionFact(TaskSequence.Under(ofElement.Path, collection, guard), ofElements: true), place, outermost, guard);
    }

    // var done = tasks.Where(t => t.IsCompleted); a query takes nothing in afterwards, as a list may
    private static IOperation QueryOf(IOperation source, GuardContext guard)
    {
        source = Unwrapped.Awaited(source);
        return source is ILocalReferenceOperation { Type.OriginalDefinition.SpecialType: var type }
            && type == SpecialType.System_Collections_Generic_IEnumerable_T
            && InitialValue.Of(source, guard) is { } query ? Unwrapped.Awaited(query) : source;
    }

    // foreach (var (name, work) in jobs) after await Task.WhenAll(jobs.Select(job => job.Work))
    private static bool HoldsOfParts(IForEachLoopOperation loop, CompletionFact fact, IOperation place, ControlFlowGraph outermost,
        GuardContext guard)
    {
        if (loop.LoopControlVariable is IVariableDeclaratorOperation || !fact.Path.IsRoot
            || loop.LoopControlVariable.Type is not INamedTypeSymbol { IsTupleType: true } tuple
            || TaskSequence.SourceOf(loop.Collection, whole: false, guard) is not { } collection)
            return false;
        foreach (var part in tuple.TupleElements)
        {
            if (guard.Awaitables.IsAwaitable(part.Type)
                && Holds(new CompletionFact(collection.Append(part), ofElements: true), place, outermost, guard))
                return true;
        }

        return false;
    }

    private static IForEachLoopOperation? LoopOver(ILocalSymbol variable, IOperation place)
    {
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation loop && loop.Locals.ContainsSymbol(variable)) return loop;
        }

        return null;
    }

    // t?.Result
    private static bool Declares(IOperation function, ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol,
        function is ILocalFunctionOperation local ? local.Symbol : ((IAnonymousFunctionOperation)function).Symbol);

    private static bool IsReassigned(ISymbol symbol, IOperation within)
    {
        var root = FlowGraphs.RootOf(within);
        foreach (var operation in root.Descendants())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                _ => null,
            };
            if (AccessPath.Of(target) is { } path && SymbolEqualityComparer.Default.Equals(path.Root, symbol)) return true;
        }

        return false;
    }
}
