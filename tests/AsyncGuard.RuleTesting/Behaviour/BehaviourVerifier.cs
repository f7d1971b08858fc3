using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>Runs a program before and after a fix in every plan, and compares what can be seen from outside.</summary>
public static class BehaviourVerifier
{
    // Where a machine is slow, a run that seems to be at rest is not; so nothing fails before it has been tried with more time.
    private static readonly (TimeSpan Quiet, TimeSpan Patience)[] Tempos =
    [
        (TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2)),
        (TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(5)),
        (TimeSpan.FromMilliseconds(600), TimeSpan.FromSeconds(10)),
    ];

    /// <summary>Adds what programs use.</summary>
    public static RuleTestOptions Options(RuleTestOptions options) => Program.Options(options);

    /// <summary>The changed program does what the original does in every plan, but for the mends.</summary>
    public static Task VerifyAsync(string source, string fixedSource, Mend[] mends, RuleTestOptions options) =>
        VerifyAsync(TestSource.Of(source, options), TestSource.OfFixed(fixedSource, options), mends, options, "the fixed program");

    internal static async Task VerifyAsync(ProjectFiles originalFiles, ProjectFiles changedFiles, Mend[] mends, RuleTestOptions options,
        string subject, bool withFaults = true)
    {
        var original = await Program.LoadAsync(originalFiles, options).ConfigureAwait(false);
        var changed = await Program.LoadAsync(changedFiles, options).ConfigureAwait(false);
        var (outcome, places) = await original.RunAsync(new Plan(), Tempos[^1].Quiet, Tempos[^1].Patience).ConfigureAwait(false);
        Assert.True(places.Length > 0, "The program has no effect that could be compared");
        Assert.True(outcome.Callers[0].Error is null, $"The original fails by itself: {outcome}");

        // Runs wait more than they work, so that several fit side by side. What is shown is the first difference in the order of the plans.
        var differences = new SortedDictionary<int, string>();
        var plans = withFaults ? Plans(places, original.Tokens) : [new()];
        await Parallel.ForEachAsync(plans.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (numbered, _) =>
        {
            lock (differences)
            {
                if (differences.Keys.Any(number => number < numbered.Index)) return;
            }

            if (await FindDifferenceAsync(original, changed, numbered.Item, places, mends).ConfigureAwait(false) is { } difference)
            {
                lock (differences)
                    differences[numbered.Index] = $"Where {numbered.Item}, {subject} does something else.\n  before:{difference.Before}\n  after:{difference.After}";
            }
        }).ConfigureAwait(false);
        if (differences.Count > 0) Assert.Fail(differences.First().Value);
    }

    /// <summary>The page of each rule says what the fix mends.</summary>
    public static void RequireStated(IEnumerable<string> ids, Mend[] mends)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "AsyncGuard.sln"))) root = root.Parent;
        foreach (var id in ids)
        {
            var page = File.ReadAllText(Path.Combine(root!.FullName, "docs", "rules", id + ".md"));
            foreach (var mend in mends)
                Assert.True(page.Contains("\nMend: " + mend.Line + "\n", StringComparison.Ordinal),
                    $"The page of {id} does not say, in a line of its own: Mend: {mend.Line}");
        }
    }

    private static IEnumerable<Plan> Plans(ImmutableArray<Place> places, ImmutableArray<string> tokens)
    {
        yield return new();
        foreach (var token in tokens) yield return new(new(FaultKind.CancelsBefore, Place.Start, token));
        foreach (var place in places)
        {
            yield return new(new(FaultKind.Fails, place));
            yield return new(new(FaultKind.TimesOut, place));
            yield return new(new(FaultKind.IsEarly, place));
            foreach (var token in tokens)
            {
                yield return new(new(FaultKind.CancelsBefore, place, token));
                yield return new(new(FaultKind.CancelsAfter, place, token));
            }
        }

        foreach (var place in places)
        {
            yield return new(null, place);
            yield return new(new(FaultKind.Fails, place), place);
            foreach (var token in tokens)
            {
                yield return new(new(FaultKind.CancelsBefore, place, token, Caller: 0), place);
                if (token == Program.CallersToken) yield return new(new(FaultKind.CancelsBefore, place, token, Caller: 1), place);
            }
        }
    }

    private static async Task<(Outcome Before, Outcome After)?> FindDifferenceAsync(Program original, Program changed, Plan plan,
        ImmutableArray<Place> places, Mend[] mends)
    {
        (Outcome, Outcome)? difference = null;
        foreach (var (quiet, patience) in Tempos)
        {
            var before = (await original.RunAsync(plan, quiet, patience).ConfigureAwait(false)).Outcome;
            var after = (await changed.RunAsync(plan, quiet, patience).ConfigureAwait(false)).Outcome;
            if (IsAllowed(before, after, plan, mends)) return null;
            difference = (before, after);

            // Two callers may meet elsewhere: what some schedule of the original shows is as good.
            foreach (var other in plan.Second is null ? [] : places.Where(place => place != plan.Second))
            {
                var elsewhere = plan with { Second = other };
                if (IsAllowed((await original.RunAsync(elsewhere, quiet, patience).ConfigureAwait(false)).Outcome, after, elsewhere, mends))
                    return null;
            }
        }

        return difference;
    }

    private static bool IsAllowed(Outcome before, Outcome after, Plan plan, Mend[] mends) =>
        Mend.IsSame(before, after) || mends.Any(mend => mend.Allows(before, after, plan));
}
