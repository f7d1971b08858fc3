using System;
using System.Collections.Generic;

namespace AsyncGuard.Differential;

/// <summary>
/// The body of a group, when the group is cancelled from outside, and how much its queue holds. The same for the same seed.
/// </summary>
internal sealed record RandomProgram(int Seed, int CancelAt, int Capacity, IReadOnlyList<Step> Steps)
{
    // Nothing is left by then but what waits for ever.
    private const int End = 4_000_000;
    private const int LongestSleep = 30_000;

    public static RandomProgram Of(int seed)
    {
        var random = new Random(seed);
        var cancelAt = random.Next(3) == 0 ? random.Next(1, 60_000) : End;
        return new RandomProgram(seed, cancelAt, random.Next(0, 3), Several(random, random.Next(1, 8), depth: 3));
    }

    /// <summary>
    /// Times are drawn from so many, and children begin with one, failures come after one, and cancellations stand between two, that two
    /// things rarely happen at one instant: there the
    /// order is each scheduler's own.
    /// </summary>
    private static int Time(Random random) => random.Next(1, LongestSleep);

    private static List<Step> Several(Random random, int count, int depth)
    {
        var steps = new List<Step>();
        for (var i = 0; i < count; i++)
        {
            var step = One(random, depth);
            if (step.Op is "fail" or "cancel") steps.Add(new Step("sleep", Time(random)));
            steps.Add(step);
            if (step.Op == "cancel") steps.Add(new Step("sleep", Time(random)));
        }

        return steps;
    }

    private static List<Step> Inner(Random random, int depth) => Several(random, random.Next(0, 5), depth - 1);

    private static Step One(Random random, int depth)
    {
        switch (random.Next(depth > 0 ? 30 : 14))
        {
            case < 6:
                return new Step("sleep", Time(random));
            case 6:
                return new Step("log", random.Next(100));
            case 7:
                return new Step("fail", random.Next(1_000_000));
            case 8:
                return new Step("cancel", random.Next(8));
            case 9 or 10:
                return new Step("await", Time(random));
            case 11 or 12:
                return new Step("put", random.Next(100));
            case 13:
                return new Step("get");
            case < 22:
                return new Step("start", 0, [new Step("sleep", Time(random)), .. Inner(random, depth)]);
            case < 24:
                return new Step("nest", 0, Inner(random, depth));
            case < 26:
                return new Step("timeout", Time(random), Inner(random, depth));
            case 26:
                return new Step("finally", Time(random), Inner(random, depth));
            case 27:
                return new Step("catch", 0, Inner(random, depth));
            default:
                return new Step("guard", 0, Inner(random, depth));
        }
    }
}
