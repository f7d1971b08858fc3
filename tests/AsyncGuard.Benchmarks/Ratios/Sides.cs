using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace AsyncGuard.Benchmarks.Ratios;

/// <summary>What is compared.</summary>
internal static class Sides
{
    private static readonly CancellationTokenSource SharedToken = new();
    private static readonly Func<CancellationToken, Task> SharedOperation = static _ => s_inner!.Task;
    private static TaskCompletionSource? s_inner;
    private static readonly int[] SharedItems = [.. Enumerable.Range(0, 1000)];

    public static Ratio[] All { get; } =
    [
        Suspended(1_000, 400),
        Suspended(10_000, 60),
        Suspended(100_000, 15),
        new(
            "limited group, 1,000 children that yield, 8 at once", "`Parallel.ForEachAsync`", 1.3, 1000,
            () => Timed(() => TaskGroup.RunAsync(
                static group =>
                {
                    foreach (var item in SharedItems) _ = group.Start(static (item, token) => WorkAsync(item, token), item);
                },
                new TaskGroupOptions { MaxConcurrency = 8 })),
            () => Timed(() => Parallel.ForEachAsync(SharedItems, new ParallelOptions { MaxDegreeOfParallelism = 8 },
                static async (item, token) => await WorkAsync(item, token))))
        {
            Bytes = 200,
        },
        new(
            "`ForEachAsync`, the same", "`Parallel.ForEachAsync`", 1.3, 1000,
            () => Timed(() => TaskGroup.ForEachAsync(SharedItems, static (item, token) => WorkAsync(item, token), 8)),
            () => Timed(() => Parallel.ForEachAsync(SharedItems, new ParallelOptions { MaxDegreeOfParallelism = 8 },
                static async (item, token) => await WorkAsync(item, token)))),
        Line("start in a named limited group, 20,000 in the line", 20_000, () => InLine(20_000, "named"), 25),
        Line("start in a named limited group, 200,000 in the line", 200_000, () => InLine(200_000, "named"), 9),
        Line("start in a limited `BackgroundTaskGroup`, 20,000 in the line", 20_000, () => InBackground(20_000), 25),
        Line("start in a limited `BackgroundTaskGroup`, 200,000 in the line", 200_000, () => InBackground(200_000), 9),
        new("`Deadline.RunAsync`", "a linked source with `CancelAfter`", 1.5, 100, () => Each(DeadlineAsync), () => Each(LinkedAsync)),
        new("`Shield.RunAsync`", "`Task.WaitAsync`", 2, 100, () => Each(ShieldAsync), () => Each(WaitAsync)) { Bytes = 400 },
        new("`Shield.RunAsync`, awaited before the work ends", "`Task.WaitAsync`", 2, 100, () => Each(AwaitedShieldAsync),
            () => Each(AwaitedWaitAsync)),
        new("`Shield.CompleteAsync`", "`Task.WaitAsync`", 3, 100, () => Each(CompleteAsync), () => Each(WaitAsync)) { Bytes = 400 },
        First(2),
        First(10),
        First(100),
        new(
            "`BlockingWork.RunAsync` of nothing, one after the other", "`Task.Run` of nothing", 3, 20,
            () => Each(static () => BlockingWork.RunAsync(static () => { }), 20),
            () => Each(static () => Task.Run(static () => { }), 20)),
        new(
            "`BlockingWork.RunAsync` of nothing, 1,000 at once", "`Task.Run` of nothing", 3, 1000,
            () => Timed(static () => Task.WhenAll(SharedItems.Select(static _ => BlockingWork.RunAsync(static () => { })))),
            () => Timed(static () => Task.WhenAll(SharedItems.Select(static _ => Task.Run(static () => { }))))),
        new("`AsyncWorkQueue` of 16, 1,000 items", "a bounded `Channel`", 1.15, 1000, () => Timed(QueueAsync), () => Timed(ChannelAsync)),
    ];

    private static async Task<int> WorkAsync(int item, CancellationToken token)
    {
        await Task.Yield();
        return item;
    }

    private static async Task<long> Timed(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetTimestamp() - start;
    }

    private static async Task<long> Each(Func<Task> work, int times = 100)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++) await work();
        return Stopwatch.GetTimestamp() - start;
    }

    private static Ratio Suspended(int children, int rounds)
    {
        return new($"{children:N0} suspended children", "`Task.WhenAll`", 1.15, children, Group, WhenAll, rounds)
        {
            Bytes = 88,
            BytesAreExtra = true
        };

        Task<long> Group() => Timed(async () =>
        {
            var signals = Signals(children);
            var run = TaskGroup.RunAsync(
                static (group, signals) =>
                {
                    foreach (var signal in signals) _ = group.Start(static (signal, _) => WaitFor(signal), signal);
                    return Task.CompletedTask;
                },
                signals);
            Complete(signals);
            await run;
        });

        Task<long> WhenAll() => Timed(async () =>
        {
            var signals = Signals(children);
            var tasks = new Task[signals.Length];
            for (var i = 0; i < tasks.Length; i++) tasks[i] = WaitFor(signals[i]);
            var all = Task.WhenAll(tasks);
            Complete(signals);
            await all;
        });
    }

    private static Ratio Line(string what, int children, Func<Task<long>> ours, int rounds)
        => new(what, "an unnamed limited group", 1.5, children, ours, () => InLine(children, null), rounds);

    /// <summary>Times the starts alone: what is in the line is dropped afterwards.</summary>
    private static async Task<long> InLine(int children, string? name)
    {
        var ticks = 0L;
        await TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(static token => Task.Delay(Timeout.Infinite, token));
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < children; i++) _ = group.Start(static _ => Task.CompletedTask);
                ticks = Stopwatch.GetTimestamp() - start;
                group.Cancel();
            },
            new TaskGroupOptions { Name = name, MaxConcurrency = 1 });
        return ticks;
    }

    private static async Task<long> InBackground(int children)
    {
        await using var group =
            new BackgroundTaskGroup(static _ => { }, new BackgroundTaskGroupOptions { Name = "background", MaxConcurrency = 1 });
        group.Start(static token => Task.Delay(Timeout.Infinite, token));
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < children; i++) group.Start(static _ => Task.CompletedTask);
        var ticks = Stopwatch.GetTimestamp() - start;
        group.Cancel();
        return ticks;
    }

    private static Ratio First(int count)
    {
        return new($"`TaskWait`, first of {count}", "`Task.WhenAny`", 1.2, 20, TaskWaitFirst, WhenAnyFirst);

        async Task<long> TaskWaitFirst()
        {
            var ticks = 0L;
            for (var i = 0; i < 20; i++)
            {
                var signals = Signals(count);
                var tasks = Array.ConvertAll(signals, static signal => signal.Task);
                var start = Stopwatch.GetTimestamp();
                var wait = TaskWait.WaitAsync(tasks, until: WaitUntil.FirstCompleted);
                signals[count / 2].SetResult();
                await wait;
                ticks += Stopwatch.GetTimestamp() - start;
            }

            return ticks;
        }

        async Task<long> WhenAnyFirst()
        {
            var ticks = 0L;
            for (var i = 0; i < 20; i++)
            {
                var signals = Signals(count);
                var tasks = Array.ConvertAll(signals, static signal => signal.Task);
                var start = Stopwatch.GetTimestamp();
                var wait = Task.WhenAny(tasks);
                signals[count / 2].SetResult();
                await wait;
                ticks += Stopwatch.GetTimestamp() - start;
            }

            return ticks;
        }
    }

    private static async Task DeadlineAsync()
    {
        var inner = s_inner = new TaskCompletionSource();
        var run = Deadline.RunAsync(TimeSpan.FromMinutes(1), SharedOperation, SharedToken.Token);
        inner.SetResult();
        await run;
    }

    private static async Task LinkedAsync()
    {
        var inner = s_inner = new TaskCompletionSource();
        var run = RunAsync(SharedOperation, SharedToken.Token);
        inner.SetResult();
        await run;

        static async Task RunAsync(Func<CancellationToken, Task> operation, CancellationToken token)
        {
            using var source = CancellationTokenSource.CreateLinkedTokenSource(token);
            source.CancelAfter(TimeSpan.FromMinutes(1));
            await operation(source.Token);
        }
    }

    private static async Task ShieldAsync()
    {
        var inner = s_inner = new TaskCompletionSource();
        var run = Shield.RunAsync(SharedOperation, SharedToken.Token);
        inner.SetResult();
        await run;
    }

    private static async Task AwaitedShieldAsync()
    {
        var inner = s_inner = new TaskCompletionSource();
        var waiting = Awaiting(Shield.RunAsync(SharedOperation, SharedToken.Token));
        inner.SetResult();
        await waiting;
    }

    private static async Task AwaitedWaitAsync()
    {
        var inner = s_inner = new TaskCompletionSource();
        var waiting = Awaiting(SharedOperation(default).WaitAsync(SharedToken.Token));
        inner.SetResult();
        await waiting;
    }

    private static async Task Awaiting(Task task) => await task;

    private static async Task CompleteAsync()
    {
        var inner = s_inner = new TaskCompletionSource();
        var run = Shield.CompleteAsync(SharedOperation, SharedToken.Token);
        inner.SetResult();
        await run;
    }

    private static async Task WaitAsync()
    {
        var inner = s_inner = new TaskCompletionSource();
        var run = SharedOperation(default).WaitAsync(SharedToken.Token);
        inner.SetResult();
        await run;
    }

    private static async Task QueueAsync()
    {
        var queue = new AsyncWorkQueue<int>(16);
        var producer = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++) await queue.PutAsync(i);
            queue.Shutdown();
        });
        var sum = 0;
        await foreach (var item in queue.ReadAllAsync()) sum += item;
        await producer;
    }

    private static async Task ChannelAsync()
    {
        var channel = Channel.CreateBounded<int>(16);
        var producer = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++) await channel.Writer.WriteAsync(i);
            channel.Writer.Complete();
        });
        var sum = 0;
        await foreach (var item in channel.Reader.ReadAllAsync()) sum += item;
        await producer;
    }

    private static async Task WaitFor(TaskCompletionSource signal) => await signal.Task.ConfigureAwait(false);

    private static TaskCompletionSource[] Signals(int count)
    {
        var signals = new TaskCompletionSource[count];
        for (var i = 0; i < signals.Length; i++) signals[i] = new TaskCompletionSource();
        return signals;
    }

    private static void Complete(TaskCompletionSource[] signals)
    {
        foreach (var signal in signals) signal.SetResult();
    }
}
