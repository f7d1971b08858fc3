using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// Whether a resource is disposed in order to end the work that uses it, which is awaited afterwards:
/// <code>var pump = PumpAsync(stream); await SendAsync(stream); stream.Dispose(); await pump;</code>
/// </summary>
internal static class EndedByDisposal
{
    /// <summary>
    /// Whether the work has been in a race before the end of the scope, and is awaited after it:
    /// <c>await Task.WhenAny(up, down)</c>, where the end of one direction ends the other.
    /// </summary>
    public static bool IsRaced(IOperation start, TaskHolder task, IOperation scope, GuardContext guard)
    {
        if (!IsAwaitedAfter(task, scope)) return false;
        foreach (var operation in scope.Descendants())
        {
            if (operation is not IInvocationOperation race || !guard.Apis.Has(race.TargetMethod, ApiTraits.JoinsFirst)) continue;
            var racing = new List<IOperation>();
            foreach (var argument in race.Arguments) TaskStarts.AddFrom(argument.Value, racing, guard);
            foreach (var other in racing)
            {
                if (other.Syntax == start.Syntax) return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the work goes on until its resource is gone, as far as can be seen: it loops, or what it throws at its end is expected.
    /// Asked where something else is awaited in between.
    /// </summary>
    public static bool IsPump(IOperation start, TaskHolder task, IOperation end, GuardContext guard) =>
        IsAwaitedAfter(task, end) && (Loops(start, guard) || IsFailureExpected(task, end));

    /// <summary>Whether the statement awaits something.</summary>
    public static bool Awaits(IOperation statement)
    {
        foreach (var operation in statement.Descendants())
        {
            if (operation is IAwaitOperation) return true;
        }

        return false;
    }

    private static bool IsAwaitedAfter(TaskHolder task, IOperation end)
    {
        foreach (var use in task.Uses)
        {
            if (use.Reference.Syntax.SpanStart >= end.Syntax.Span.End && use.Fate.IsTakenCareOf) return true;
        }

        return false;
    }

    // while (true) await input.ReadAsync(…)
    private static bool Loops(IOperation start, GuardContext guard)
    {
        if (start is not IInvocationOperation { TargetMethod: var method } || !guard.IsOurs(method)) return false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not ILoopOperation loop) continue;
                if (loop is IForEachLoopOperation { IsAsynchronous: true } || Awaits(loop)) return true;
            }
        }

        return false;
    }

    // try { await pump; } catch (ObjectDisposedException) { }, and await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)
    private static bool IsFailureExpected(TaskHolder task, IOperation end)
    {
        var isAwaited = false;
        foreach (var use in task.Uses)
        {
            if (use.Reference.Syntax.SpanStart < end.Syntax.Span.End || use.Fate.Kind != TaskFateKind.Awaited) continue;
            if (!IsCaught(use.Reference)) return false;
            isAwaited = true;
        }

        return isAwaited;
    }

    private static bool IsCaught(IOperation use)
    {
        for (var (child, parent) = (use, use.Parent); parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            (child, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case IAwaitOperation awaited when Unwrapped.IsSilenced(awaited):
                    return true;
                case ITryOperation { Catches.Length: > 0 } attempt when ReferenceEquals(attempt.Body, child):

                    // The handler is for that await, and not for all that the method does.
                    return attempt.Body.Operations.Length == 1;
            }
        }

        return false;
    }
}
