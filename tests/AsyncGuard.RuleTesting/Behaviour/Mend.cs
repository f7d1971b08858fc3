using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>
/// The one thing that a fix changes: the fault that it mends. The page of the rule says it in the same words; all else must be as it was.
/// </summary>
public sealed partial class Mend
{
    private readonly Func<Outcome, Outcome, Plan, bool> _allows;

    private Mend(string line, Func<Outcome, Outcome, Plan, bool> allows)
    {
        Line = line;
        _allows = allows;
    }

    /// <summary>No caller sees a difference.</summary>
    public static Mend ThreadOnly { get; } =
        new("The thread is free while the code waits; nothing else changes.", static (_, _, _) => false);

    /// <summary>What is disposed is seen by no caller either.</summary>
    public static Mend Disposed { get; } =
        new("The source is disposed when its block ends; nothing else changes.", static (_, _, _) => false);

    /// <summary>A program that goes on after a cancellation now ends with it; one that ended with it ends as before.</summary>
    public static Mend Cancellation { get; } = new(
        "A cancelled token ends the wait with an `OperationCanceledException`, where the code went on before.", AllowsCancellation);

    /// <summary>A loop that goes on after a cancellation ends, with the exception or without.</summary>
    public static Mend LoopEnds { get; } = new("A cancelled token ends the loop before it takes the next item.", AllowsEnd);

    /// <summary>Work that was left alone is awaited.</summary>
    public static Mend Awaited { get; } = new("The work ends before its caller does, and its failure reaches the caller.", AllowsAwaiting);

    /// <summary>Failures that waiting wrapped.</summary>
    public static Mend Unwrapped { get; } = new(
        "A failure reaches the caller as it is, not wrapped in an `AggregateException`.",
        static (before, after, _) => IsSame(
            before with { Callers = [.. before.Callers.Zip(after.Callers, Unwrap)] },
            after with { Callers = [.. after.Callers.Select(Unwrap)] }));

    /// <summary>A release that did not fit its acquire.</summary>
    public static Mend Released { get; } = new(
        "What was taken is released once, and what was not taken is not released.", AllowsRelease);

    /// <summary>Work that a thread of the pool has started.</summary>
    public static Mend StartedHere { get; } = new(
        "What the call does before its first `await` runs on the caller's thread, also where a token is cancelled already.",
        static (before, after, _) => after.IsAsBalancedAs(before) && before.Callers.Zip(after.Callers).All(static pair =>
            (pair.First.End == pair.Second.End || (pair.First.IsCancelled && pair.Second.IsCancelled))
            && pair.First.Effects.Order(StringComparer.Ordinal).SequenceEqual(pair.Second.Effects.Order(StringComparer.Ordinal))));

    /// <summary>A failure that came after its handler had been left.</summary>
    public static Mend Handled { get; } = new(
        "The handler sees how the task ends, and the `finally` runs when it has.", AllowsHandling);

    /// <summary>A callback that was kept for longer than its work. Its effects are named <c>callback</c>.</summary>
    public static Mend Unregistered { get; } = new(
        "The callback does not run any more once the work has ended.",
        static (before, after, plan) => plan.Fault is { Cancels: true } && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).All(static pair => pair.First.End == pair.Second.End
                && pair.First.Effects.Where(IsOther).SequenceEqual(pair.Second.Effects.Where(IsOther))
                && IsPart(pair.Second.Effects, pair.First.Effects)));

    /// <summary>A time-out that ended more than what took too long.</summary>
    public static Mend GoesOn { get; } = new(
        "A time-out does not end the loop; the cancellation of its token does.",
        static (before, after, plan) => plan.Fault is { Kind: FaultKind.TimesOut } && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).All(static pair => pair.First.ToString() == pair.Second.ToString()
                || IsPart([.. pair.First.Effects.Where(effect => !IsEnd(effect))], pair.Second.Effects)));

    /// <summary>A wait that had no end.</summary>
    public static Mend Completed { get; } = new(
        "A failure before the result ends the task with it, instead of the code that was to give the result.",
        static (before, after, plan) => plan.Fault is not null && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).All(static pair => pair.First.ToString() == pair.Second.ToString()
                || (pair.First.Error is not null && pair.Second.Error is not null and not TimeoutException
                    && IsPart(pair.Second.Effects, pair.First.Effects))));

    /// <summary>A response whose connection was not released.</summary>
    public static Mend ResponseDisposed { get; } = new(
        "The response is disposed when its block ends.",
        static (before, after, _) => after.Left <= before.Left && before.Callers.Select(caller => caller.ToString())
            .SequenceEqual(after.Callers.Select(caller => caller.ToString()))
            && after.Balance.All(pair => pair.Value == before.Balance.GetValueOrDefault(pair.Key)
                || (pair.Value >= 0 && pair.Value < before.Balance.GetValueOrDefault(pair.Key))));

    /// <summary>Work that a lazy sequence started once for each time that it was enumerated.</summary>
    public static Mend StartedOnce { get; } = new(
        "The work of each item is started once.",
        static (before, after, plan) => after.Left <= before.Left && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).All(pair => pair.First.End == pair.Second.End
                ? pair.First.Effects.Distinct().Order(StringComparer.Ordinal)
                    .SequenceEqual(pair.Second.Effects.Distinct().Order(StringComparer.Ordinal))
                : plan.Fault is { Place.Occurrence: > 1 } or { Cancels: true } && pair is { First.Error: not null, Second.Error: null }));

    /// <summary>
    /// What the failure of work that is awaited now makes of a handler around it. What a handler does is named <c>handler: …</c>.
    /// </summary>
    public static Mend HandlerSees { get; } = new(
        "A handler around the work sees its failure.",
        static (before, after, plan) => plan.Fault is { Kind: FaultKind.Fails or FaultKind.TimesOut }
            && after.Left <= before.Left && after.IsAsBalancedAs(before)
            && IsHandledAnew(before.Callers[0], after.Callers[0])
            && before.Callers.Skip(1).Zip(after.Callers.Skip(1)).All(static pair => pair.First.ToString() == pair.Second.ToString()));

    /// <summary>A resource whose task was disposed of in its place.</summary>
    public static Mend ResultDisposed { get; } = new(
        "The result is disposed when the block ends.",
        static (before, after, _) => after.Left <= before.Left
            && before.Callers.Select(caller => caller.ToString()).SequenceEqual(after.Callers.Select(caller => caller.ToString()))
            && after.Balance.All(pair => pair.Key.StartsWith("most", StringComparison.Ordinal)
                ? pair.Value <= before.Balance.GetValueOrDefault(pair.Key) : pair.Value == 0));

    /// <summary>A clean-up that its own token could end.</summary>
    public static Mend CleanedUp { get; } = new(
        "The cleanup runs to its end, also where the token is cancelled.",
        static (before, after, plan) => plan.Fault is { Cancels: true } && after.Left <= before.Left
            && after.Balance.All(pair => pair.Value <= before.Balance.GetValueOrDefault(pair.Key))
            && before.Callers.Zip(after.Callers).All(static pair => pair.First.ToString() == pair.Second.ToString()
                || (pair.First.IsCancelled && IsPart(pair.First.Effects, pair.Second.Effects))));

    /// <summary>A handler that took one form of a cancellation only. What a handler does is named <c>handler: …</c>.</summary>
    public static Mend Caught { get; } = new(
        "The handler takes every form of a cancellation.",
        static (before, after, plan) => plan.Fault is { Cancels: true } fault && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).Select((pair, index) => (pair.First, pair.Second, Index: index)).All(pair =>
                pair.First.ToString() == pair.Second.ToString()
                || (fault.Caller == pair.Index && IsCaughtAnew(pair.First, pair.Second))));

    public string Line { get; }

    internal bool Allows(Outcome before, Outcome after, Plan plan) => _allows(before, after, plan);

    internal static bool IsSame(Outcome before, Outcome after) => before.ToString() == after.ToString();

    private static bool AllowsCancellation(Outcome before, Outcome after, Plan plan) =>
        AllowsStop(before, after, plan, static caller => caller.IsCancelled);

    private static bool AllowsEnd(Outcome before, Outcome after, Plan plan) =>
        AllowsStop(before, after, plan, static caller => caller.IsCancelled || caller.Error is null);

    // A cancellation may stop the callers whose token it is, and with a token of the program any of them; the others see what they saw.
    // One that was stopped before is stopped after the same effects: what it skips now would be its cleanup. One that saw the cancellation
    // itself still does what it does at its end ("end: …").
    private static bool AllowsStop(Outcome before, Outcome after, Plan plan, Func<CallerOutcome, bool> isStopped) =>
        plan.Fault is { Cancels: true } fault
        && after.IsAsBalancedAs(before)
        && before.Callers.Zip(after.Callers).Select((pair, index) => (pair.First, pair.Second, Index: index)).All(pair =>
            pair.First.ToString() == pair.Second.ToString()
            || ((fault.Token != Program.CallersToken || fault.Caller == pair.Index)
                && (pair.First.IsCancelled
                    ? pair.Second.IsCancelled && pair.First.Effects.SequenceEqual(pair.Second.Effects)
                    : isStopped(pair.Second) && IsPart(pair.Second.Effects, pair.First.Effects)
                    && pair.First.Effects.Where(IsEnd).SequenceEqual(pair.Second.Effects.Where(IsEnd)))));

    private static bool IsEnd(string effect) => effect.StartsWith("end: ", StringComparison.Ordinal);

    // The end that the caller sees may be another where the release failed, or where what was not released could not be taken.
    private static bool AllowsRelease(Outcome before, Outcome after, Plan plan) =>
        after.Balance.All(static pair => pair.Value == (pair.Key.StartsWith("most", StringComparison.Ordinal)
            || pair.Key.StartsWith("count", StringComparison.Ordinal) ? 1 : 0))
        && before.Callers.Zip(after.Callers).All(static pair =>
            pair.First.ToString() == pair.Second.ToString()
            || pair.First.Error is TimeoutException or System.Threading.SemaphoreFullException
            || (pair.First.Effects.SequenceEqual(pair.Second.Effects) && pair.First.End == pair.Second.End));

    private static bool AllowsAwaiting(Outcome before, Outcome after, Plan plan) =>
        after.Left <= before.Left
        && after.IsAsBalancedAs(before)
        && before.Callers.Zip(after.Callers).All(pair =>
            pair.First.End == pair.Second.End
                ? pair.First.Effects.Order(StringComparer.Ordinal).SequenceEqual(pair.Second.Effects.Order(StringComparer.Ordinal))
                : plan.Fault is not null && pair.First.Error is null && pair.Second.Error is not null
                && pair.Second.Effects.All(pair.First.Effects.Contains));

    private static bool AllowsHandling(Outcome before, Outcome after, Plan plan) =>
        after.Left <= before.Left
        && after.IsAsBalancedAs(before)
        && before.Callers.Zip(after.Callers).Select((pair, index) => (pair.First, pair.Second, Index: index)).All(pair =>
            (pair.First.End == pair.Second.End
                && pair.First.Effects.Order(StringComparer.Ordinal).SequenceEqual(pair.Second.Effects.Order(StringComparer.Ordinal)))
            || (plan.Fault is not null && pair.First.Error is not null && pair.First.Effects.All(pair.Second.Effects.Contains))
            || (plan.Fault is { Cancels: true } fault && fault.Caller == pair.Index && pair.Second.IsCancelled));

    // Where the failure left the code before, it goes on behind its handler; where nothing saw it, the handler is all that is added.
    private static bool IsHandledAnew(CallerOutcome before, CallerOutcome after)
    {
        if (!after.Effects.Any(IsHandler) || before.Effects.Any(IsHandler)) return false;
        var same = before.Effects.Order(StringComparer.Ordinal);
        return before.Error is null
            ? before.End == after.End
                && same.SequenceEqual(after.Effects.Where(static effect => !IsHandler(effect)).Order(StringComparer.Ordinal))
            : same.SequenceEqual(after.Effects.TakeWhile(static effect => !IsHandler(effect)).Order(StringComparer.Ordinal));
    }

    // The handler's effects are added where the exception passed it before, and the code goes on behind it, or throws on.
    private static bool IsCaughtAnew(CallerOutcome before, CallerOutcome after)
    {
        var added = Added(before.Effects, after.Effects);
        return added is [var first, ..] && IsHandler(first)
            && (before.IsCancelled || (before.End == after.End && added.Value.All(IsHandler)));
    }

    private static bool IsHandler(string effect) => effect.StartsWith("handler: ", StringComparison.Ordinal);

    // What the whole has more than the part, which is null where it is no part.
    private static ImmutableArray<string>? Added(ImmutableArray<string> part, ImmutableArray<string> whole)
    {
        var (added, next) = (ImmutableArray.CreateBuilder<string>(), 0);
        foreach (var effect in whole)
        {
            if (next < part.Length && part[next] == effect) next++;
            else added.Add(effect);
        }

        return next == part.Length ? added.ToImmutable() : null;
    }

    private static bool IsOther(string effect) => effect != "callback";

    // Wait makes a TaskCanceledException of its own for a task that is cancelled, whatever cancellation the task ended with.
    private static CallerOutcome Unwrap(CallerOutcome before, CallerOutcome after) =>
        before.Error is AggregateException { InnerExceptions: [TaskCanceledException] } && after.IsCancelled
        ? before with { Error = after.Error, End = after.End } : Unwrap(before);

    private static CallerOutcome Unwrap(CallerOutcome outcome) =>
        outcome.Error is AggregateException { InnerExceptions: [var inner] }
        ? outcome with { Error = inner, End = Program.Describe(inner) } : outcome;

    // In the same order, with nothing added.
    private static bool IsPart(ImmutableArray<string> part, ImmutableArray<string> whole)
    {
        var next = 0;
        foreach (var effect in whole)
        {
            if (next < part.Length && part[next] == effect) next++;
        }

        return next == part.Length;
    }
}
