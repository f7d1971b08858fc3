using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>10,000 children that complete at once, started by one thread and by two that contend for the group.</summary>
public class TwoStarters
{
    private const int Children = 10_000;

    [Benchmark(Baseline = true)]
    public Task OneThread() => TaskGroup.RunAsync(static group =>
    {
        _ = group.StartOnThreadPool(_ => StartChildren(group, Children));
    });

    [Benchmark]
    public Task TwoThreads() => TaskGroup.RunAsync(static group =>
    {
        _ = group.StartOnThreadPool(_ => StartChildren(group, Children / 2));
        _ = group.StartOnThreadPool(_ => StartChildren(group, Children / 2));
    });

    private static void StartChildren(TaskGroup group, int count)
    {
        for (var i = 0; i < count; i++) _ = group.Start(static _ => Task.CompletedTask);
    }
}
