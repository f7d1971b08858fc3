using System;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace AsyncGuard.Benchmarks.Runtime;

/// <summary>
/// 1,000 children that wait on their token, ended by one that fails or by the outer token; <c>Task.WhenAll</c> with a token source by hand.
/// </summary>
public class EarlyEnds
{
    private const int Children = 1000;

    [Benchmark]
    public async Task<Exception?> OneFails_WhenAll()
    {
        using var source = new CancellationTokenSource();
        var tasks = new Task[Children];
        for (var i = 0; i < tasks.Length - 1; i++) tasks[i] = WaitAsync(source.Token);
        tasks[^1] = FailAsync();
        var all = Task.WhenAll(tasks);
        source.Cancel();
        return await CatchAsync(all);
    }

    [Benchmark]
    public Task<Exception?> OneFails_Group() => CatchAsync(TaskGroup.RunAsync(static group =>
    {
        for (var i = 0; i < Children - 1; i++) _ = group.Start(static token => WaitAsync(token));
        _ = group.Start(static _ => FailAsync());
    }));

    [Benchmark]
    public async Task<Exception?> OuterCancel_WhenAll()
    {
        using var source = new CancellationTokenSource();
        var tasks = new Task[Children];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = WaitAsync(source.Token);
        var all = Task.WhenAll(tasks);
        source.Cancel();
        return await CatchAsync(all);
    }

    [Benchmark]
    public async Task<Exception?> OuterCancel_Group()
    {
        using var source = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            static group =>
            {
                for (var i = 0; i < Children; i++) _ = group.Start(static token => WaitAsync(token));
            },
            source.Token);
        source.Cancel();
        return await CatchAsync(run);
    }

    private static Task WaitAsync(CancellationToken token) => Task.Delay(Timeout.Infinite, token);

    private static async Task FailAsync()
    {
        await Task.Yield();
        throw new FormatException();
    }

    private static async Task<Exception?> CatchAsync(Task task)
    {
        try
        {
            await task;
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
