using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>Whether the tasks of a lazy sequence are all started before the first of them is awaited, and they are awaited.</summary>
internal static class TasksAtOnce
{
    private const int MaxSteps = 6;

    public static bool Start(IOperation sequence, GuardContext guard) => Start(sequence, guard, isStarted: false, MaxSteps);

    private static bool Start(IOperation sequence, GuardContext guard, bool isStarted, int steps)
    {
        while (steps-- > 0)
        {
            switch (sequence.Parent)
            {
                case IConversionOperation or IParenthesizedOperation or ITranslatedQueryOperation or IAwaitOperation:
                    sequence = sequence.Parent;
                    continue;

                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    if (IsJoin(call.TargetMethod, guard)) return true;
                    if (argument.Parameter?.Ordinal != 0 || BoundedCalls.Limits(call, guard)) return false;
                    if (Enumeration.IsLazy(call, guard))
                    {
                        sequence = call;
                        continue;
                    }

                    // rows.Select(…).ToList()
                    if (!Enumeration.IsEager(call, guard) || !guard.Awaitables.HoldsAwaitables(call.Type)) return false;
                    (sequence, isStarted) = (call, true);
                    continue;

                // tasks.AddRange(rows.Select(…)) is that list's business
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return IsStartedBy(local, sequence, guard, isStarted, steps);

                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } }:
                    return IsStartedBy(local, sequence, guard, isStarted, steps);

                // foreach (var task in rows.Select(…).ToList()) await task;
                case IForEachLoopOperation:
                    return isStarted;

                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsStartedBy(ILocalSymbol local, IOperation place, GuardContext guard, bool isStarted, int steps)
    {
        var holder = TaskHolder.Of(local, place, guard);
        if (isStarted) return holder.IsTakenCareOf(place, guard);
        foreach (var use in holder.Uses)
        {
            if (use.Fate.Kind is not (TaskFateKind.Inspected or TaskFateKind.Written)
                && Start(use.Reference, guard, isStarted: false, steps))
                return true;
        }

        return false;
    }

    private static bool IsJoin(IMethodSymbol method, GuardContext guard) =>
        TaskMembers.AwaitedTogether.Is(method) || TaskMembers.WaitAny.Is(method);
}
