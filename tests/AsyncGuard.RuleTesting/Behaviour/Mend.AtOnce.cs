using System;
using System.Collections.Generic;
using System.Linq;

namespace AsyncGuard.RuleTesting.Behaviour;

// Mends of what runs at the same time, and of what a null or a thread has ended. Effects of the work that runs at the same time have names
// of one letter.
public sealed partial class Mend
{
    /// <summary>Calls that waited for each other. A later one may so be done before an earlier one fails or is cancelled.</summary>
    public static Mend AtOnce { get; } = new(
        "Calls that ran one after the other run at the same time.",
        static (before, after, plan) => after.Left <= before.Left && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).All(pair => IsSameBeside(pair.First, pair.Second, plan)
                && (plan.Fault is not null || IsSameWork(pair.First, pair.Second))));

    /// <summary>Work of any number of items that was started all at once.</summary>
    public static Mend Limited { get; } = new(
        "No more than the limit run at the same time, all have ended when the loop has, and the first failure ends the rest.",
        static (before, after, plan) => after.Left <= before.Left && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).All(pair => plan.Fault is null
                ? pair.First.End == pair.Second.End && IsSameWork(pair.First, pair.Second)
                // Which other items are done before the first failure ends them depends on the schedule, before the change as well.
                : (pair.First.Error is not null || Work(pair.Second).All(Work(pair.First).Contains))
                    && (IsSameBeside(pair.First, pair.Second, plan)
                        || (pair.Second.Error is not null && pair.First.Error is null
                            && IsPart(pair.Second.Effects, pair.First.Effects, IsBeside)))));

    /// <summary>Children of a group that its end did not wait for.</summary>
    public static Mend Joined { get; } = new(
        "The children of the group run to their end, and the failure of one ends the rest and reaches the caller.",
        static (before, after, plan) => after.Left <= before.Left && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).All(pair => pair.First.End == pair.Second.End
                ? plan.Fault is not null || Work(pair.First).All(Work(pair.Second).Contains)
                : plan.Fault is not null && pair.First.Error is null && pair.Second.Error is not null
                    && IsPart(pair.Second.Effects, pair.First.Effects, IsBeside)));

    /// <summary>A child that went on when its group had been abandoned.</summary>
    public static Mend ChildEnds { get; } = new(
        "A child ends with its group, and where the group is cancelled, its caller sees that.",
        static (before, after, plan) => plan.Fault is not null && after.IsAsBalancedAs(before)
            && before.Callers.Zip(after.Callers).Select((pair, index) => (pair.First, pair.Second, Index: index)).All(pair =>
                (pair.First.End == pair.Second.End
                    || (plan.Fault is { Cancels: true } fault && fault.Caller == pair.Index && pair.Second.IsCancelled))
                && pair.Second.Effects.All(pair.First.Effects.Contains)));

    /// <summary>A task that was null. A program that awaits it ends with <c>null</c>.</summary>
    public static Mend NotNull { get; } = new(
        "An `await` of the result continues, where null made it fail.",
        static (before, after, _) => after.IsAsBalancedAs(before) && before.Callers.Zip(after.Callers).All(static pair =>
            pair.First.ToString() == pair.Second.ToString()
            || (pair.First.End == "null (String)" && IsPart(pair.First.Effects, pair.Second.Effects))));

    /// <summary>A transaction that stayed on its thread. A program whose scope ends on another one ends with <c>thread</c>.</summary>
    public static Mend Flows { get; } = new(
        "The transaction is there after each `await`, and its scope ends on any thread.",
        static (before, after, _) => after.IsAsBalancedAs(before) && before.Callers.Zip(after.Callers).All(static pair =>
            pair.First.ToString() == pair.Second.ToString()
            || (pair.First.End == "thread (String)" && IsPart(pair.First.Effects, pair.Second.Effects))));

    private static bool IsSameBeside(CallerOutcome before, CallerOutcome after, Plan plan) =>
        (before.End == after.End && before.Effects.Where(IsBeside).SequenceEqual(after.Effects.Where(IsBeside)))
        || (plan.Fault is { Cancels: true } && before.IsCancelled);

    private static bool IsSameWork(CallerOutcome before, CallerOutcome after) =>
        before.Effects.Order(StringComparer.Ordinal).SequenceEqual(after.Effects.Order(StringComparer.Ordinal));

    private static IEnumerable<string> Work(CallerOutcome caller) => caller.Effects.Where(static effect => !IsBeside(effect));

    private static bool IsBeside(string effect) => effect.Length > 1;

    private static bool IsPart(IEnumerable<string> part, IEnumerable<string> whole, Func<string, bool> which) =>
        IsPart([.. part.Where(which)], [.. whole.Where(which)]);
}
