using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>
/// 1,000 items, so many at once: <c>MapAsync</c> and <c>ForEachAsync</c> against <c>Parallel.ForEachAsync</c> and a semaphore.
/// </summary>
public class LimitedConcurrency
{
    private static readonly int[] Items = [.. Enumerable.Range(0, 1000)];

    [Params(2, 16)]
    public int Limit { get; set; }

    [Benchmark(Baseline = true)]
    public async Task<int[]> ParallelForEachAsync()
    {
        var results = new int[Items.Length];
        await Parallel.ForEachAsync(Items, new ParallelOptions { MaxDegreeOfParallelism = Limit },
            async (i, token) => results[i] = await WorkAsync(i, token));
        return results;
    }

    [Benchmark]
    public Task<int[]> MapAsync() => TaskGroup.MapAsync(Items, WorkAsync, Limit);

    [Benchmark]
    public Task ForEachAsync() => TaskGroup.ForEachAsync(Items, static (i, token) => WorkAsync(i, token), Limit);

    [Benchmark]
    public async Task<int[]> SemaphoreAndWhenAll()
    {
        using var semaphore = new SemaphoreSlim(Limit);
        return await Task.WhenAll(Items.Select(async i =>
        {
            await semaphore.WaitAsync();
            try
            {
                return await WorkAsync(i, default);
            }
            finally
            {
                semaphore.Release();
            }
        }));
    }

    private static async Task<int> WorkAsync(int item, CancellationToken token)
    {
        await Task.Yield();
        return item;
    }
}
