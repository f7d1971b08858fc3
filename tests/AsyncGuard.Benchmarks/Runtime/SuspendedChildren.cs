using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>Children that all wait for something and then complete: the group against <c>Task.WhenAll</c>.</summary>
public class SuspendedChildren
{
    private TaskCompletionSource[] _signals = [];

    [Params(1, 2, 10, 1000)]
    public int Children { get; set; }

    /// <summary>
    /// Whether what completes a child queues it, as input and output do and as AGD0401 asks of a <see cref="TaskCompletionSource"/>; else
    /// it runs it in place, which is
    /// the least that a child can cost.
    /// </summary>
    [Params(true, false)]
    public bool Queued { get; set; }

    [Benchmark(Baseline = true)]
    public async Task WhenAll()
    {
        var signals = Signals();
        var tasks = new Task[signals.Length];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = Wait(signals[i]);
        var all = Task.WhenAll(tasks);
        Complete();
        await all;
    }

    [Benchmark]
    public async Task Group()
    {
        Signals();
        var run = TaskGroup.RunAsync(
            static (group, signals) =>
            {
                foreach (var signal in signals) _ = group.Start(static (signal, _) => Wait(signal), signal);
                return Task.CompletedTask;
            },
            _signals);
        Complete();
        await run;
    }

    private static async Task Wait(TaskCompletionSource signal) => await signal.Task.ConfigureAwait(false);

    private TaskCompletionSource[] Signals()
    {
        _signals = new TaskCompletionSource[Children];
        for (var i = 0; i < _signals.Length; i++)
            _signals[i] = new TaskCompletionSource(Queued ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
        return _signals;
    }

    private void Complete()
    {
        foreach (var signal in _signals) signal.SetResult();
    }
}
