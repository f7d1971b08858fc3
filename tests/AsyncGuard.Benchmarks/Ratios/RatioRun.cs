using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace AsyncGuard.Benchmarks.Ratios;

/// <summary>
/// Both sides in one process, in turns and in changing order, so that what else the machine does strikes both: the median of the ratios of
/// the rounds. A table for the
/// page on performance.
/// </summary>
internal static class RatioRun
{
    public static async Task RunAsync(IEnumerable<Ratio> ratios, string? filter, double rounds)
    {
        Console.WriteLine(
            "| what | against | ratio (quarter to three quarters) | of the fastest hundredths | target | ns each, fastest hundredth | bytes each | bytes target | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var ratio in ratios.Where(ratio => filter is null || ratio.What.Contains(filter, StringComparison.OrdinalIgnoreCase)))
            Console.WriteLine(await MeasureAsync(ratio, Math.Max(3, (int)(ratio.Rounds * rounds))));
    }

    private static async Task<string> MeasureAsync(Ratio ratio, int rounds)
    {
        var repeats = await WarmUpAsync(ratio);
        var quotients = new double[rounds];
        var ours = new double[rounds];
        var theirs = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            if (i % 20 == 0) GC.Collect();
            if (i % 2 == 0) ours[i] = await TimeAsync(ratio.Ours, repeats);
            theirs[i] = await TimeAsync(ratio.Theirs, repeats);
            if (i % 2 != 0) ours[i] = await TimeAsync(ratio.Ours, repeats);
            quotients[i] = ours[i] / theirs[i];
        }

        var quotient = At(quotients, 0.5);
        var ourBytes = await BytesAsync(ratio.Ours, ratio.Units);
        var theirBytes = await BytesAsync(ratio.Theirs, ratio.Units);
        var bytes = ratio.BytesAreExtra ? ourBytes - theirBytes : ourBytes;
        var isMet = quotient <= ratio.Target && (ratio.Bytes is not { } limit || bytes <= limit + 0.5);
        var unit = 1e9 / System.Diagnostics.Stopwatch.Frequency / repeats / ratio.Units;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {ratio.What} | {ratio.Against} | {quotient:0.00} ({At(quotients, 0.25):0.00}–{At(quotients, 0.75):0.00}) | {At(ours, 0.01) / At(theirs, 0.01):0.00} | {ratio.Target:0.00} | {At(ours, 0.01) * unit:0} against {At(theirs, 0.01) * unit:0} | {ourBytes:0} against {theirBytes:0} | {(ratio.Bytes is { } target ? $"{target:0}{(ratio.BytesAreExtra ? " extra" : "")}" : "")} | {(isMet ? "met" : "missed")} |");
    }

    /// <summary>Until tiered compilation is through; how often to repeat for a sample so short that most are not interrupted.</summary>
    private static async Task<int> WarmUpAsync(Ratio ratio)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var fastest = long.MaxValue;
        for (var i = 0; i < 4 || (clock.ElapsedMilliseconds < 600 && i < 20_000); i++)
        {
            await ratio.Ours();
            fastest = Math.Min(fastest, await ratio.Theirs());
        }

        return (int)Math.Clamp(System.Diagnostics.Stopwatch.Frequency / 5000 / Math.Max(1, fastest), 1, 2000);
    }

    private static async Task<double> TimeAsync(Func<Task<long>> call, int repeats)
    {
        var ticks = 0L;
        for (var i = 0; i < repeats; i++) ticks += await call();
        return ticks;
    }

    private static async Task<double> BytesAsync(Func<Task<long>> call, int units)
    {
        var samples = new double[9];
        for (var i = 0; i < samples.Length; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await call();
            samples[i] = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)units;
        }

        return At(samples, 0.5);
    }

    private static double At(double[] values, double quantile) => values.Order().ElementAt((int)(quantile * (values.Length - 1)));
}
