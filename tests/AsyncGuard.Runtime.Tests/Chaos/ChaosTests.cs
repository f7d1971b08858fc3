using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Chaos;

/// <summary>
/// Random programs on real threads: sources, bodies, callbacks and cleanups that fail, and cancellation at any time. Each call ends, leaves
/// nothing running and nothing undisposed, and each error comes out somewhere.
/// </summary>
[Collection(nameof(UnobservedCollection))]
public sealed class ChaosTests
{
    [Fact]
    public Task Loops() => RandomRun.ManyAsync(static async run =>
    {
        using var cancellation = new CancellationTokenSource();
        var token = cancellation.Token;
        var source = new RandomSource(run, run.Next(12), run.OneIn(2));
        var limit = run.Next(4);
        var kind = run.Next(6);
        Func<int, CancellationToken, Task<int>> body = (item, token) => run.WorkAsync(item, token, failures: 15);
        var call = kind switch
        {
            0 => TaskGroup.ForEachAsync((IEnumerable<int>)source, body, limit, token),
            1 => TaskGroup.ForEachAsync((IAsyncEnumerable<int>)source, body, limit, token),
            2 => TaskGroup.MapAsync((IEnumerable<int>)source, body, limit, token),
            3 => TaskGroup.MapAsync((IAsyncEnumerable<int>)source, body, limit, token),
            4 => TaskGroup.ForEachValueAsync((IAsyncEnumerable<int>)source, async (item, token) => await body(item, token), limit, token),
            _ => AsyncWorkQueue.RunWorkersAsync(source, limit + 1, body, token),
        };
        await run.CancelPerhapsAsync(cancellation);
        var outcome = await run.EndAsync(call);
        source.WasUsedWell($"loop {kind}, limit {limit}");
        if (run.ThrownCount > 0) Assert.Equal(TaskStatus.Faulted, outcome.Status);
        else if (!token.IsCancellationRequested) outcome.Succeeds();
    });

    [Fact]
    public async Task ResultsInOrderOfCompletion()
    {
        var reports = new ConcurrentQueue<Exception>();
        void Report(object? sender, UnobservedChildExceptionEventArgs e) => reports.Enqueue(e.Exception);
        TaskGroup.UnobservedChildException += Report;
        try
        {
            await RandomRun.ManyAsync(async run =>
            {
                using var cancellation = new CancellationTokenSource();
                var source = new RandomSource(run, run.Next(12), obeysToken: true);
                var limit = run.Next(4);
                var call = TakeAsync(run, source, limit, leaveAfter: run.OneIn(3) ? run.Next(5) : int.MaxValue, cancellation.Token);
                await run.CancelPerhapsAsync(cancellation);
                await run.EndAsync(call, () => reports);
                source.WasUsedWell($"limit {limit}");
            });
        }
        finally
        {
            TaskGroup.UnobservedChildException -= Report;
        }

        static async Task TakeAsync(RandomRun run, RandomSource source, int limit, int leaveAfter, CancellationToken token)
        {
            var taken = 0;
            await foreach (var _ in TaskGroup.MapAsCompletedAsync(
                source, (item, token) => run.WorkAsync(item, token, failures: 15), limit, token))
            {
                if (taken++ == leaveAfter) break;
                await run.PauseAsync(CancellationToken.None);
            }
        }
    }

    [Fact]
    public async Task Races()
    {
        var reports = new ConcurrentQueue<Exception>();
        void Report(object? sender, UnobservedChildExceptionEventArgs e) => reports.Enqueue(e.Exception);
        TaskGroup.UnobservedChildException += Report;
        try
        {
            await RandomRun.ManyAsync(async run =>
            {
                using var cancellation = new CancellationTokenSource();
                var token = cancellation.Token;
                var made = new ConcurrentQueue<Prize>();
                var contenders = Enumerable.Range(0, 1 + run.Next(5))
                    .Select(_ => (Func<CancellationToken, Task<Prize>>)ContendAsync).ToArray();
                var kind = run.Next(4);
                Task call = kind switch
                {
                    0 => TaskGroup.RaceAsync(contenders, hedgeDelay: null, token),
                    1 => TaskGroup.RaceAsync(contenders, TimeSpan.FromMilliseconds(run.Next(2)), token),
                    2 => TaskGroup.FirstAsync(contenders, 1 + run.Next(contenders.Length), token),
                    _ => TaskGroup.RaceAsync(contenders, _ => run.OneIn(2), cancellationToken: token),
                };
                await run.CancelPerhapsAsync(cancellation);
                var outcome = await run.EndAsync(call, () => reports);
                var kept = outcome.Status != TaskStatus.RanToCompletion ? []
                    : call is Task<Prize> one ? [await one] : await (Task<Prize[]>)call;
                Assert.All(made, prize => Assert.Equal(kept.Contains(prize) ? 0 : 1, prize.Disposals));

                async Task<Prize> ContendAsync(CancellationToken token)
                {
                    await run.WorkAsync(0, run.OneIn(2) ? token : CancellationToken.None, failures: 3);
                    var prize = new Prize();
                    made.Enqueue(prize);
                    return prize;
                }
            });
        }
        finally
        {
            TaskGroup.UnobservedChildException -= Report;
        }
    }

    [Fact]
    public Task Groups() => RandomRun.ManyAsync(static async run =>
    {
        using var cancellation = new CancellationTokenSource();
        var options = new TaskGroupOptions
        {
            Name = run.OneIn(2) ? "chaos" : null,
            MaxConcurrency = run.Next(3),
            Policy = (TaskGroupPolicy)run.Next(2),
            Timeout = run.OneIn(2) ? TimeSpan.FromMilliseconds(1 + run.Next(3)) : Timeout.InfiniteTimeSpan,
        };
        var call = TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < 4; i++) _ = group.Start(ChildAsync);
            },
            options,
            cancellation.Token);
        await run.CancelPerhapsAsync(cancellation);
        var outcome = await run.EndAsync(call);
        if (run.ThrownCount > 0) Assert.Equal(TaskStatus.Faulted, outcome.Status);

        async Task ChildAsync(CancellationToken token)
        {
            if (run.OneIn(6)) token.Register(() => throw run.Error("callback"));
            if (run.OneIn(3)) await TaskGroup.RunAsync(inner => { _ = inner.Start(token => run.WorkAsync(0, token, failures: 3)); }, token);
            await run.WorkAsync(0, token, failures: 3);
        }
    });

    [Fact]
    public Task Limits() => RandomRun.ManyAsync(static async run =>
    {
        using var cancellation = new CancellationTokenSource();
        var token = cancellation.Token;
        var call = run.OneIn(2)
            ? Deadline.RunAsync(TimeSpan.FromMilliseconds(1 + run.Next(2)), OperateAsync, token)
            : Shield.CompleteAsync(OperateAsync, token, TimeSpan.FromMilliseconds(run.Next(2)));
        await run.CancelPerhapsAsync(cancellation);
        // A group gets all errors of the call, where await throws one.
        await run.EndAsync(TaskGroup.RunAsync(
            group => { _ = group.Track(call); }, new TaskGroupOptions { ForeignCancellation = ForeignCancellation.Ignore }));

        async Task OperateAsync(CancellationToken token)
        {
            if (run.OneIn(6)) token.Register(() => throw run.Error("callback"));
            await run.WorkAsync(0, token, failures: 3);
        }
    });

    [Fact]
    public async Task Shields()
    {
        var reports = new ConcurrentQueue<Exception>();
        void Report(object? sender, AbandonedExceptionEventArgs e) => reports.Enqueue(e.Exception);
        Shield.AbandonedException += Report;
        try
        {
            await RandomRun.ManyAsync(async run =>
            {
                using var cancellation = new CancellationTokenSource();
                var work = new TaskCompletionSource();
                var call = Shield.RunAsync(WorkAsync, cancellation.Token);
                await run.CancelPerhapsAsync(cancellation);
                await Outcome.OfAsync(call);
                await HangGuard.WaitAsync(work.Task);
                // A report comes right after the end of the work.
                for (var i = 0; run.ThrownCount > 0 && call.IsCanceled && !reports.OfType<PlannedException>().Any(run.IsMine); i++)
                {
                    Assert.True(i < 5000, "not reported");
                    await Task.Delay(1);
                }

                var outcome = await run.EndAsync(call, () => reports);
                Assert.False(outcome.Status == TaskStatus.Faulted && reports.Contains(outcome.Thrown!), "thrown and reported");

                async Task WorkAsync(CancellationToken token)
                {
                    try
                    {
                        await run.WorkAsync(0, token, failures: 2);
                    }
                    finally
                    {
                        work.SetResult();
                    }
                }
            });
            await Shield.WaitForPendingAsync(HangGuard.Limit);
        }
        finally
        {
            Shield.AbandonedException -= Report;
        }
    }

    private sealed class Prize : IDisposable
    {
        private int _disposals;

        public int Disposals => Volatile.Read(ref _disposals);

        public void Dispose() => Interlocked.Increment(ref _disposals);
    }
}
