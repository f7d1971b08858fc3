using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>Whether a group reaches a place that outlives its scope, where nothing can be started in it any more.</summary>
internal static class GroupEscape
{
    /// <summary>
    /// Whether the use of the group in the function <paramref name="home"/>, which owns it, lets it out; null stands for the member itself.
    /// </summary>
    public static bool Is(IOperation reference, IOperation? home, GuardContext guard)
    {
        if (IsOwnedByObject(home, guard)) return false;
        var use = GroupUse.Of(reference, guard);
        var function = FlowGraphs.FunctionAround(reference);
        if (!ReferenceEquals(function, home)) return use.Kind == GroupUseKind.Started && IsKept(OutermostIn(reference, home), home, guard);

        return use.Kind switch
        {
            GroupUseKind.Returned => true,
            GroupUseKind.Stored =>
                use.Place is ISimpleAssignmentOperation { Target: var target }
                && (IsLasting(target) || IsUsedAfter(target, use.Place, home, guard)),
            GroupUseKind.Passed => IsPartOfResult(use.Place, home, guard)
                || (use.Place is IArgumentOperation { Parent: IInvocationOperation call } && IsAddedToField(call)),
            _ => false,
        };
    }

    // _run = TaskGroup.RunAsync(group => { _group = group; … }): the object has the end of the group as well
    private static bool IsOwnedByObject(IOperation? home, GuardContext guard) =>
        home is not null && GroupChild.StartOf(home) is { } run && TaskFate.Of(run, guard).Kind == TaskFateKind.Stored;

    /// <summary>The function around the place that stands in the home itself.</summary>
    private static IOperation? OutermostIn(IOperation place, IOperation? home)
    {
        IOperation? outermost = null;
        for (var function = FlowGraphs.FunctionAround(place); function is not null && !ReferenceEquals(function, home);
            function = FlowGraphs.FunctionAround(function))
            outermost = function;
        return outermost;
    }

    // _onChanged = () => group.Start(…), source.Changed += (s, e) => group.Start(…), return () => group.Start(…)
    private static bool IsKept(IOperation? function, IOperation? home, GuardContext guard)
    {
        if (function is null) return false;
        var use = Unwrapped.DelegateAround(function).Parent;
        return use switch
        {
            ISimpleAssignmentOperation { Target: var target } assignment =>
                IsLasting(target) || IsUsedAfter(target, assignment, home, guard),
            IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation raised } =>
                !IsLocal(raised.Instance) && !IsTakenBack(raised),
            IReturnOperation => ReferenceEquals(FlowGraphs.FunctionAround(use), home),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => IsResult(local, home),
            not null => IsPartOfResult(use, home, guard),
            _ => false,
        };
    }

    // Action add = () => group.Start(…); return add;
    private static bool IsResult(ILocalSymbol local, IOperation? home)
    {
        if (home is null) return false;
        foreach (var operation in home.Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var read } reference && SymbolEqualityComparer.Default.Equals(read, local)
                && Unwrapped.ConversionsAround(reference).Parent is IReturnOperation
                && ReferenceEquals(FlowGraphs.FunctionAround(reference), home))
                return true;
        }

        return false;
    }

    // return (group, 1); return Task.FromResult(group);
    private static bool IsPartOfResult(IOperation use, IOperation? home, GuardContext guard)
    {
        if (home is null || !ReferenceEquals(FlowGraphs.FunctionAround(use), home)) return false;
        IOperation? around = use;
        while (around is ITupleOperation or IConversionOperation or IArgumentOperation or IInvocationOperation or IObjectCreationOperation)
        {
            if (around is IArgumentOperation { Parent: not (IInvocationOperation or IObjectCreationOperation) }
                || (around is IInvocationOperation call && !guard.Apis.Has(call.TargetMethod, ApiTraits.Completed))
                || (around is IObjectCreationOperation created && !guard.Awaitables.IsValueTask(created.Type)))
                return false;
            around = around.Parent;
        }

        return around is IReturnOperation;
    }

    // _group = group; unless _group = null; follows somewhere
    private static bool IsLasting(IOperation target)
    {
        if (target is not IMemberReferenceOperation
            {
                Instance: null
            or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
            } member)
            return false;
        foreach (var operation in FlowGraphs.RootOf(target).Descendants())
        {
            if (operation is ISimpleAssignmentOperation
                {
                    Target: IMemberReferenceOperation other,
                    Value.ConstantValue: { HasValue: true, Value: null }
                }
                && SymbolEqualityComparer.Default.Equals(other.Member, member.Member))
                return false;
        }

        return true;
    }

    // _groups.Add(group), without a _groups.Remove(group)
    private static bool IsAddedToField(IInvocationOperation call)
    {
        if (!TaskFate.Fills(call.TargetMethod)
            || call.Instance is not IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } list)
            return false;
        foreach (var operation in FlowGraphs.RootOf(call).Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: var name, Instance: IFieldReferenceOperation other }
                && !CollectionNames.Contains(name)
                && SymbolEqualityComparer.Default.Equals(other.Field, list.Field) && !ReferenceEquals(other, list))
                return false;
        }

        return true;
    }

    // TaskGroup? kept = null; await TaskGroup.RunAsync(async group => { kept = group; … }); kept.Start(…);
    private static bool IsUsedAfter(IOperation target, IOperation assignment, IOperation? home, GuardContext guard)
    {
        if (target is not ILocalReferenceOperation { Local: var local } || home is null || GroupChild.StartOf(home) is not { } run
            || TaskFate.Of(run, guard).Kind != TaskFateKind.Awaited)
            return false;
        if (home.Syntax.Span.Contains(local.Locations[0].SourceSpan)) return false;
        foreach (var operation in FlowGraphs.RootOf(assignment).Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local)
                && operation.Syntax.SpanStart > run.Syntax.Span.End
                && IsInside(operation, FlowGraphs.FunctionAround(run)) && IsUsed(operation, guard))
                return true;
        }

        return false;
    }

    // kept.Start(…), return kept; of a group, add(), return add; of what starts in one
    private static bool IsUsed(IOperation reference, GuardContext guard) => guard.Types.IsTaskGroup(reference.Type)
        ? GroupUse.Of(reference, guard).Kind is GroupUseKind.Started or GroupUseKind.Returned
        : Unwrapped.ConversionsAround(reference).Parent is IReturnOperation
            or IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } or IConditionalAccessOperation;

    private static bool IsInside(IOperation place, IOperation? function)
    {
        for (var around = FlowGraphs.FunctionAround(place); ; around = FlowGraphs.FunctionAround(around))
        {
            if (ReferenceEquals(around, function)) return true;
            if (around is null) return false;
        }
    }

    // using var watcher = new FileSystemWatcher(…); watcher.Changed += …
    private static bool IsLocal(IOperation? raiser) =>
        raiser is ILocalReferenceOperation or IInvocationOperation or IObjectCreationOperation;

    // source.Changed -= OnChanged
    private static bool IsTakenBack(IEventReferenceOperation raised)
    {
        foreach (var operation in FlowGraphs.RootOf(raised).Descendants())
        {
            if (operation is IEventAssignmentOperation { Adds: false, EventReference: IEventReferenceOperation other }
                && SymbolEqualityComparer.Default.Equals(other.Event, raised.Event))
                return true;
        }

        return false;
    }
}
