using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Misuse;

/// <summary>
/// A task that a synchronous function returns out of a <c>try</c>, whose handlers and <c>finally</c> then run without it.
/// </summary>
internal static class UnguardedReturn
{
    /// <summary>
    /// The <c>catch</c> or <c>finally</c> that misses the end of what is returned, and the calls that start it; null where there is none.
    /// </summary>
    public static (string Part, List<IOperation> Starts)? Of(IReturnOperation returning, ISymbol member, GuardContext guard)
    {
        if (returning.ReturnedValue is not { } task || PartAround(returning, member, guard) is not { } part) return null;

        var starts = new List<IOperation>();
        TaskStarts.AddFrom(task, starts, guard);
        foreach (var start in starts)
        {
            if (IsHandled(start, guard)) return null;
        }

        return starts.Count == 0 ? null : (part, starts);
    }

    private static string? PartAround(IOperation place, ISymbol member, GuardContext guard)
    {
        string? part = null;
        var child = place;
        for (var parent = place.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ITryOperation attempt when part is null:
                    part = PartOf(attempt, child, guard);
                    break;
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol.IsAsync ? null : part;
                case ILocalFunctionOperation local:
                    return local.Symbol.IsAsync ? null : part;
            }
        }

        return member is IMethodSymbol { IsAsync: false } ? part : null;
    }

    private static string? PartOf(ITryOperation attempt, IOperation place, GuardContext guard)
    {
        if (ReferenceEquals(attempt.Finally, place) || (attempt.Finally is { } cleanup && BelongsToThread(cleanup, guard))) return null;
        if (ReferenceEquals(attempt.Body, place) && !attempt.Catches.IsEmpty)
        {
            foreach (var clause in attempt.Catches)
            {
                if (AnswersWithTask(clause, guard)) return null;
            }

            return "catch";
        }

        return attempt.Finally is null ? null : "finally";
    }

    // catch (Exception ex) { return Task.FromException<int>(ex); }: what fails at once is intended, and no more
    private static bool AnswersWithTask(ICatchClauseOperation clause, GuardContext guard)
    {
        foreach (var operation in clause.Handler.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod: var method }
                && (TaskMembers.FromFailure.Is(method) || ConventionalNames.CompletesPromise(method.Name)))
                return true;
        }

        return false;
    }

    // finally { _rows.ExitReadLock(); }, finally { SynchronizationContext.SetSynchronizationContext(previous); }: what another thread must
    // not do
    private static bool BelongsToThread(IOperation cleanup, GuardContext guard)
    {
        foreach (var operation in cleanup.Descendants())
        {
            if (operation is IInvocationOperation call && guard.Apis.Has(call.TargetMethod, ApiTraits.Releases | ApiTraits.ThreadAffine))
                return true;
        }

        return false;
    }

    // return LoadAsync().ContinueWith(…): there is a handler
    private static bool IsHandled(IOperation start, GuardContext guard) =>
        start is IInvocationOperation call && guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted);
}
