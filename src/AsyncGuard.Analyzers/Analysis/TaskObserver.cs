using System;
using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>Recognises calls after which a task is in good hands, although nobody awaits what they return.</summary>
internal static class TaskObserver
{
    // TaskContinuationOptions.OnlyOnFaulted
    private const int OnlyOnFaulted = 0x50000;

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "Forget", "FireAndForget", "SafeFireAndForget", "FileAndForget", "NoWait" };

    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        var method = call.TargetMethod;
        if (Names.Contains(method.Name) || guard.Options.TaskObservers.Contains(method.Name)) return true;
        if (guard.Apis.Has(method, ApiTraits.ObservesTask)) return true;
        return HandlesFailure(call, guard) || Verifies(call, guard);
    }

    // task.ContinueWith(t => Log(t.Exception), TaskContinuationOptions.OnlyOnFaulted)
    private static bool HandlesFailure(IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted)) return false;
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.TaskContinuationOptions)
                && argument.Value.ConstantValue is { HasValue: true, Value: int options } && (options & OnlyOnFaulted) == OnlyOnFaulted) return true;
        }

        return false;
    }

    // substitute.Received().SaveAsync(item)
    private static bool Verifies(IInvocationOperation call, GuardContext guard) =>
        call.Instance is IInvocationOperation receiver && guard.Apis.TypeEntry(receiver.TargetMethod.ContainingType, ApiTraits.ObservesTask) is not null;
}
