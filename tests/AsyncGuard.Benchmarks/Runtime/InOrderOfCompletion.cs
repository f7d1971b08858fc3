using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>Takes tasks one by one as they complete.</summary>
public class InOrderOfCompletion
{
    [Params(100, 1000)]
    public int Tasks { get; set; }

    [Benchmark(Baseline = true)]
    public async Task WhenAnyLoop()
    {
        var signals = Signals();
        var pending = signals.Select(static signal => signal.Task).ToList();
        foreach (var signal in signals)
        {
            var wait = Task.WhenAny(pending);
            signal.SetResult();
            pending.Remove(await wait);
        }
    }

    [Benchmark]
    public async Task TaskWaitLoop()
    {
        var signals = Signals();
        IReadOnlyList<Task> pending = [.. signals.Select(static signal => signal.Task)];
        foreach (var signal in signals)
        {
            var wait = TaskWait.WaitAsync(pending, until: WaitUntil.FirstCompleted);
            signal.SetResult();
            pending = (await wait).Pending;
        }
    }

    [Benchmark]
    public async Task<int> WhenEach()
    {
        var signals = Signals();
        var next = 1;
        signals[0].SetResult();
        await foreach (var _ in Task.WhenEach(signals.Select(static signal => signal.Task)))
        {
            if (next < signals.Length) signals[next++].SetResult();
        }

        return next;
    }

    private TaskCompletionSource[] Signals() => [.. Enumerable.Range(0, Tasks).Select(static _ => new TaskCompletionSource())];
}
