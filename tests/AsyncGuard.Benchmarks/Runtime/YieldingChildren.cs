using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>Children that pass through the thread pool once: the group against <c>Task.WhenAll</c>.</summary>
public class YieldingChildren
{
    [Params(1, 2, 10, 1000)]
    public int Children { get; set; }

    [Benchmark(Baseline = true)]
    public Task WhenAll()
    {
        var tasks = new Task[Children];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = Work();
        return Task.WhenAll(tasks);
    }

    [Benchmark]
    public Task Group() => TaskGroup.RunAsync(
        static (group, children) =>
        {
            for (var i = 0; i < children; i++) _ = group.Start(static _ => Work());
            return Task.CompletedTask;
        },
        Children);

    private static async Task Work() => await Task.Yield();
}
