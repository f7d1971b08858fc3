using System;
using System.Threading.Tasks;

namespace AsyncGuard.Benchmarks.Ratios;

/// <summary>
/// Two ways to do one thing. Each call does it <paramref name="Units"/> times and returns how long that took, in ticks of the stopwatch;
/// what is not to be timed lies outside.
/// </summary>
internal sealed record Ratio(string What, string Against, double Target, int Units, Func<Task<long>> Ours, Func<Task<long>> Theirs,
    int Rounds = 400)
{
    /// <summary>Bytes for each unit that ours may cost; null where there is no target.</summary>
    public double? Bytes { get; init; }

    /// <summary><see cref="Bytes"/> is above the other side's, and not in all.</summary>
    public bool BytesAreExtra { get; init; }
}
