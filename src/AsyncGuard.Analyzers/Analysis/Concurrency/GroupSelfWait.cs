using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>A child, or the body, that waits for its own group: the group waits for it, and neither ever ends.</summary>
internal static class GroupSelfWait
{
    /// <summary>
    /// Whether a child of the group makes the call that waits for it: <c>scope.Start(async ct => await scope.JoinAsync())</c>.
    /// </summary>
    public static bool Is(IInvocationOperation wait, GuardContext guard)
    {
        if (AccessPath.Of(wait.Instance) is not { } group || FlowGraphs.FunctionAround(wait) is not { } child) return false;
        if (TaskFate.Of(wait, guard).Kind is not (TaskFateKind.Awaited or TaskFateKind.Returned or TaskFateKind.Passed)) return false;
        if (child is not ILocalFunctionOperation { Symbol: var called }) return IsChildOf(child, group, guard);

        // scope.Start(ChildAsync)
        foreach (var operation in FlowGraphs.RootOf(wait).Descendants())
        {
            if (operation is IMethodReferenceOperation { Method: var method }
                && SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, called) && IsChildOf(operation, group, guard))
                return true;
        }

        return false;
    }

    /// <summary>The await of the group's own task in its body or a child; null where there is none.</summary>
    public static IOperation? InBody(IInvocationOperation run, GuardContext guard)
    {
        if (TaskFate.Of(run, guard) is not { Kind: TaskFateKind.Kept, Holder: { } local } || !IsWrittenOnce(local, run)) return null;
        foreach (var argument in run.Arguments)
        {
            foreach (var operation in argument.Descendants())
            {
                if (operation is not ILocalReferenceOperation { Local: var read } || !SymbolEqualityComparer.Default.Equals(read, local))
                    continue;
                if (TaskFate.Of(operation, guard) is { Kind: TaskFateKind.Awaited, Place: { } place }) return place;
            }
        }

        return null;
    }

    private static bool IsChildOf(IOperation function, AccessPath group, GuardContext guard) =>
        GroupChild.StartOf(function) is { Instance: { } starter } start && GroupMembers.Starts(start.TargetMethod.Name)
        && guard.Types.IsAnyGroup(start.TargetMethod.ContainingType)
        && AccessPath.Of(starter) is { } path && path.StartsWith(group);

    // Task? run = null; run = TaskGroup.RunAsync(…); not a chain of them: last = TaskGroup.RunAsync(async group => { await last; … })
    private static bool IsWrittenOnce(ILocalSymbol local, IOperation run)
    {
        for (var parent = run.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILoopOperation && !parent.Syntax.Span.Contains(local.Locations[0].SourceSpan)) return false;
        }

        var writes = 0;
        foreach (var operation in FlowGraphs.RootOf(run).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var initial } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local):
                    if (!IsNull(initial)) return false;
                    break;
                case ILocalReferenceOperation { Local: var other } reference when SymbolEqualityComparer.Default.Equals(other, local):
                    if (reference.Parent is IAssignmentOperation assignment && ReferenceEquals(assignment.Target, reference)) writes++;
                    else if (reference.Parent is IArgumentOperation { Parameter.RefKind: not RefKind.None }) return false;
                    break;
            }
        }

        return writes == 1;
    }

    private static bool IsNull(IOperation value)
    {
        value = Unwrapped.Conversions(value);
        return value is IDefaultValueOperation || value.ConstantValue is { HasValue: true, Value: null };
    }
}
