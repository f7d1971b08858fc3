using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>Groups in groups, ten deep, with one child each that passes through the thread pool.</summary>
public class Nesting
{
    private const int Depth = 10;

    [Benchmark(Baseline = true)]
    public Task WhenAll() => WhenAllAsync(Depth);

    [Benchmark]
    public Task Group() => GroupAsync(Depth);

    private static async Task WhenAllAsync(int depth)
    {
        if (depth > 0) await Task.WhenAll(WorkAsync(), WhenAllAsync(depth - 1));
    }

    private static Task GroupAsync(int depth) => depth == 0 ? Task.CompletedTask : TaskGroup.RunAsync(
        static (group, depth) =>
        {
            _ = group.Start(static _ => WorkAsync());
            _ = group.Start(static (depth, _) => GroupAsync(depth), depth - 1);
            return Task.CompletedTask;
        },
        depth);

    private static async Task WorkAsync() => await Task.Yield();
}
