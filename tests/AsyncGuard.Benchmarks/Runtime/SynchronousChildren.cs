using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>Children that complete at once.</summary>
public class SynchronousChildren
{
    [Params(0, 1, 1000)]
    public int Children { get; set; }

    [Benchmark(Baseline = true)]
    public async Task AwaitEach()
    {
        for (var i = 0; i < Children; i++) await Work();
    }

    [Benchmark]
    public Task Group() => TaskGroup.RunAsync(
        static (group, children) =>
        {
            for (var i = 0; i < children; i++) _ = group.Start(static _ => Work());
            return Task.CompletedTask;
        },
        Children);

    private static Task Work() => Task.CompletedTask;
}
