using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>Whether a task group runs only so many children at once.</summary>
internal static class GroupLimit
{
    /// <summary>Whether the call starts a child in a group that is known to have no limit.</summary>
    public static bool IsUnlimitedStart(IInvocationOperation call, GuardContext guard)
    {
        if (!GroupMembers.StartsOne(call.TargetMethod.Name) || guard.Types.TaskGroup is not { } group) return false;
        var type = call.TargetMethod.ContainingType;
        if (!SymbolEqualityComparer.Default.Equals(type, group) && !SymbolEqualityComparer.Default.Equals(type, guard.Types.TaskGroupScope))
            return false;
        return OpenedBy(call.Instance, guard) is { } opening && !HasLimit(opening, guard);
    }

    /// <summary>
    /// The call that made the group: <c>TaskGroup.RunAsync(async group => …)</c>, <c>await using var group = TaskGroup.Open()</c>.
    /// </summary>
    public static IInvocationOperation? OpenedBy(IOperation? group, GuardContext guard)
    {
        var made = group switch
        {
            IParameterReferenceOperation
            {
                Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } function }
            } =>
                    CallGiven(function, group),
            ILocalReferenceOperation local => InitialValue.Of(local, guard) as IInvocationOperation,
            _ => null,
        };
        return made is not null && (GroupMembers.RunAsync.Is(made.TargetMethod) || GroupMembers.Open.Is(made.TargetMethod)) ? made : null;
    }

    private static IInvocationOperation? CallGiven(IMethodSymbol function, IOperation place)
    {
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, function))
                return DelegateUse.CallOf(lambda) as IInvocationOperation;
        }

        return null;
    }

    // new TaskGroupOptions { MaxConcurrency = 8 }; of options that come from elsewhere nothing is known
    private static bool HasLimit(IInvocationOperation opening, GuardContext guard)
    {
        foreach (var argument in opening.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue
                || !SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.TaskGroupOptions))
                continue;
            if (argument.Value is not IObjectCreationOperation creation)
                return argument.Value.ConstantValue is not { HasValue: true, Value: null };
            if (creation.Initializer is null) return false;
            foreach (var set in creation.Initializer.Initializers)
            {
                if (set is ISimpleAssignmentOperation { Target: var target } && GroupMembers.MaxConcurrency.IsUse(target)) return true;
            }
        }

        return false;
    }
}
