using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>Two calls at once, both results wanted.</summary>
public class PairWithResults
{
    [Benchmark(Baseline = true)]
    public async Task<int> WhenAll()
    {
        var first = WorkAsync(1, default);
        var second = WorkAsync(2, default);
        await Task.WhenAll(first, second);
        return await first + await second;
    }

    [Benchmark]
    public async Task<int> GroupWhenAllAsync()
    {
        var (first, second) = await TaskGroup.WhenAllAsync(static token => WorkAsync(1, token), static token => WorkAsync(2, token));
        return first + second;
    }

    private static async Task<int> WorkAsync(int result, CancellationToken token)
    {
        await Task.Yield();
        return result;
    }
}
