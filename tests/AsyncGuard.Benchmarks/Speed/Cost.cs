using System;
using System.Collections.Generic;
using System.Linq;

namespace AsyncGuard.Benchmarks.Speed;

/// <summary>What one run cost.</summary>
/// <param name="Processor">Processor time of the whole process.</param>
/// <param name="InCallbacks">Of that, what passed in callbacks of the analyzers, by analyzer.</param>
internal sealed record Cost(TimeSpan Processor, IReadOnlyDictionary<string, TimeSpan> InCallbacks)
{
    public TimeSpan OfAnalyzers => InCallbacks.Values.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    public static Cost MedianOf(IReadOnlyList<Cost> costs) => new(
        Median(costs.Select(cost => cost.Processor)),
        costs.SelectMany(cost => cost.InCallbacks).GroupBy(pair => pair.Key, pair => pair.Value)
            .ToDictionary(group => group.Key, Median));

    public static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
