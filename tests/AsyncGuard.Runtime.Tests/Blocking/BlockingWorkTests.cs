using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Blocking;

public sealed class BlockingWorkTests
{
    [Fact]
    public async Task RunAsync_Result_ComesFromAThreadOfItsOwn()
    {
        var (answer, name, isPool) = await BlockingWork.RunAsync(static () => (42, Thread.CurrentThread.Name,
            Thread.CurrentThread.IsThreadPoolThread));
        Assert.Equal(42, answer);
        Assert.StartsWith("AsyncGuard blocking ", name);
        Assert.False(isPool);
    }

    [Fact]
    public async Task RunAsync_Exception_ComesOutAsItIs()
    {
        var error = new FormatException();
        Assert.Same(error, (await Outcome.OfAsync(BlockingWork.RunAsync(() => throw error))).Thrown);
    }

    [Fact]
    public async Task RunAsync_ExecutionContext_FlowsInAndNotOut()
    {
        var local = new AsyncLocal<int> { Value = 3 };
        Assert.Equal(3, await BlockingWork.RunAsync(() =>
        {
            var seen = local.Value;
            local.Value = 9;
            return seen;
        }));
        Assert.Equal(3, local.Value);
    }

    [Fact]
    public async Task RunAsync_MoreThanTheLimit_WaitsItsTurnAndThePoolStaysFree()
    {
        var limiter = new BlockingLimiter(2, "test");
        using var release = new ManualResetEventSlim();
        var running = 0;
        var most = 0;
        var calls = Enumerable.Range(0, 20).Select(_ => BlockingWork.RunAsync(
            () =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                release.Wait();
                Interlocked.Decrement(ref running);
            },
            limiter: limiter)).ToArray();
        // The pool is free although all of the limiter's threads block.
        await Task.Run(static () => { });
        Assert.DoesNotContain(calls, static call => call.IsCompleted);
        Assert.Equal(2, limiter.BusyCount);
        Assert.True(limiter.WaitingCount >= 18);
        release.Set();
        await HangGuard.WaitAsync(Task.WhenAll(calls));
        Assert.InRange(most, 1, 2);
        Assert.Equal(0, limiter.WaitingCount);
    }

    [Fact]
    public async Task RunAsync_CancelledBeforeItsTurn_IsNotRun()
    {
        var limiter = new BlockingLimiter(1);
        using var release = new ManualResetEventSlim();
        var blocker = BlockingWork.RunAsync(release.Wait, limiter: limiter);
        using var source = new CancellationTokenSource();
        var called = false;
        var call = BlockingWork.RunAsync(() => { called = true; }, source.Token, limiter: limiter);
        source.Cancel();
        (await Outcome.OfAsync(call)).IsCanceledBy(source.Token);
        (await Outcome.OfAsync(BlockingWork.RunAsync(() => { called = true; }, source.Token))).IsCanceledBy(source.Token);
        release.Set();
        await blocker;
        await BlockingWork.RunAsync(static () => { }, limiter: limiter);
        Assert.False(called);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_CancelledWhileItRuns_WaitsUnlessAbandoned(bool abandon)
    {
        using var release = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = BlockingWork.RunAsync(
            () =>
            {
                started.SetResult();
                release.Wait();
                return 5;
            },
            source.Token,
            abandonOnCancel: abandon);
        await started.Task;
        source.Cancel();
        if (abandon)
        {
            (await Outcome.OfAsync(call)).IsCanceledBy(source.Token);
            release.Set();
        }
        else
        {
            Assert.False(call.IsCompleted);
            release.Set();
            Assert.Equal(5, await call);
        }
    }

    [Fact]
    public async Task RunAsync_AbandonedAndFails_IsReported()
    {
        using var release = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        var marker = Guid.NewGuid().ToString();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Report(object? sender, AbandonedExceptionEventArgs e)
        {
            if (e.Exception.Message == marker) reported.TrySetResult();
        }

        Shield.AbandonedException += Report;
        try
        {
            var call = BlockingWork.RunAsync(
                () =>
                {
                    started.SetResult();
                    release.Wait();
                    throw new FormatException(marker);
                },
                source.Token,
                abandonOnCancel: true);
            await started.Task;
            source.Cancel();
            (await Outcome.OfAsync(call)).IsCanceledBy(source.Token);
            release.Set();
            await HangGuard.WaitAsync(reported.Task);
        }
        finally
        {
            Shield.AbandonedException -= Report;
        }
    }

    [Fact]
    public async Task RunAsync_ObeysItsOwnToken_Canceled()
    {
        using var source = new CancellationTokenSource();
        var call = BlockingWork.RunAsync(
            () =>
            {
                source.Cancel();
                source.Token.ThrowIfCancellationRequested();
            },
            source.Token);
        (await Outcome.OfAsync(call)).IsCanceledBy(source.Token);
    }

    [Fact]
    public async Task RunAsync_ManyShortCalls_AllRun()
    {
        var limiter = new BlockingLimiter(3);
        var count = 0;
        await HangGuard.WaitAsync(
            Task.WhenAll(Enumerable.Range(0, 20_000)
                .Select(_ => BlockingWork.RunAsync(() => Interlocked.Increment(ref count), limiter: limiter))));
        Assert.Equal(20_000, count);
    }

    [Fact]
    public void Limiter_BadArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockingLimiter(0));
        Assert.Throws<ArgumentNullException>(() => new BlockingLimiter(1, null!));
        Assert.Throws<ArgumentNullException>(() => { _ = BlockingWork.RunAsync(null!); });
        Assert.True(BlockingLimiter.Default.MaxThreads >= 32);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    [Fact]
    public async Task RunAsync_ABurstOfWorkThatBlocks_HasAllThreadsAtOnce()
    {
        const int Threads = 12;
        var limiter = new BlockingLimiter(Threads);
        for (var round = 0; round < 20; round++)
        {
            using var barrier = new Barrier(Threads);
            // Each blocks until all others run; the smallest work comes in between.
            var work = Enumerable.Range(0, Threads)
                .Select(_ => BlockingWork.RunAsync(() => barrier.SignalAndWait(HangGuard.Limit), limiter: limiter)).ToArray();
            var small = Enumerable.Range(0, 200).Select(i => BlockingWork.RunAsync(() => i, limiter: limiter)).ToArray();
            Assert.All(await Task.WhenAll(work), Assert.True);
            Assert.Equal(Enumerable.Range(0, 200), await Task.WhenAll(small));
        }

        Assert.Equal(0, limiter.WaitingCount);
    }

    [Fact]
    public async Task RunAsync_CancelledBeforeItsTurn_LeavesTheLine()
    {
        var limiter = new BlockingLimiter(1);
        using var release = new ManualResetEventSlim();
        using var taken = new ManualResetEventSlim();
        var blocker = BlockingWork.RunAsync(
            () =>
            {
                taken.Set();
                release.Wait();
            },
            limiter: limiter);
        Assert.True(taken.Wait(HangGuard.Limit));
        var order = new System.Collections.Concurrent.ConcurrentQueue<int>();
        var sources = Enumerable.Range(0, 5).Select(static _ => new CancellationTokenSource()).ToArray();
        var calls = sources.Select((source, i) => BlockingWork.RunAsync(() => order.Enqueue(i), source.Token, limiter: limiter)).ToArray();
        Assert.Equal(5, limiter.WaitingCount);
        foreach (var i in new[] { 0, 2, 4 })
        {
            sources[i].Cancel();
            (await Outcome.OfAsync(calls[i])).IsCanceledBy(sources[i].Token);
        }

        Assert.Equal(2, limiter.WaitingCount);
        var last = BlockingWork.RunAsync(() => order.Enqueue(5), limiter: limiter);
        release.Set();
        await HangGuard.WaitAsync(Task.WhenAll(blocker, calls[1], calls[3], last));
        Assert.Equal([1, 3, 5], order);
        Assert.Equal(0, limiter.WaitingCount);
    }

    [Fact]
    public async Task RunAsync_OneAfterTheOther_InOrderOnOneThread()
    {
        var limiter = new BlockingLimiter(1);
        var order = new System.Collections.Generic.List<int>();
        for (var round = 0; round < 300; round++)
        {
            // While the thread sleeps, looks out for work, or works.
            var pairs = Enumerable.Range(round * 3, 3).Select(i => BlockingWork.RunAsync(() => order.Add(i), limiter: limiter)).ToArray();
            await HangGuard.WaitAsync(Task.WhenAll(pairs));
            if (round % 50 == 0) await Task.Delay(2);
        }

        Assert.Equal(Enumerable.Range(0, 900), order);
    }

    [Fact]
    public async Task RunAsync_FromManyThreads_NoWorkIsLeftBehind()
    {
        for (var threads = 1; threads <= 3; threads++)
        {
            var limiter = new BlockingLimiter(threads);
            var count = 0;
            await HangGuard.WaitAsync(Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < 2000; i++)
                {
                    using var source = new CancellationTokenSource();
                    var work = BlockingWork.RunAsync(() => Interlocked.Increment(ref count), source.Token, limiter: limiter);
                    if (i % 7 == 0) source.Cancel();
                    if (!(await Outcome.OfAsync(work)).Status.Equals(TaskStatus.RanToCompletion)) Interlocked.Increment(ref count);
                }
            }))));
            Assert.Equal(8000, count);
            Assert.Equal(0, limiter.WaitingCount);
        }
    }
}
