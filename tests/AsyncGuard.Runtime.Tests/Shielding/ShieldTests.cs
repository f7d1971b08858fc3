using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Shielding;

[Collection(nameof(UnobservedCollection))]
public sealed class ShieldTests
{
    [Fact]
    public async Task WaitAsync_Result_PassesThrough()
    {
        using var waiter = new CancellationTokenSource();
        var inner = new TaskCompletionSource<int>();
        var wait = Shield.WaitAsync(inner.Task, waiter.Token);
        inner.SetResult(42);
        Assert.Equal(42, await wait);
    }

    [Fact]
    public async Task WaitAsync_Exception_IsTheSameInstance()
    {
        using var waiter = new CancellationTokenSource();
        var inner = new TaskCompletionSource();
        var wait = Shield.WaitAsync(inner.Task, waiter.Token);
        var error = new FormatException();
        inner.SetException(error);
        Assert.Same(error, (await Outcome.OfAsync(wait)).Thrown);
    }

    [Fact]
    public async Task WaitAsync_InnerCancelled_TheWaitIsCancelled()
    {
        using var waiter = new CancellationTokenSource();
        var inner = new TaskCompletionSource<int>();
        var wait = Shield.WaitAsync(inner.Task, waiter.Token);
        inner.SetCanceled(CancellationToken.None);
        Assert.Equal(TaskStatus.Canceled, (await Outcome.OfAsync(wait)).Status);
    }

    [Fact]
    public async Task WaitAsync_WaiterCancelled_OnlyTheWaitEnds()
    {
        using var waiter = new CancellationTokenSource();
        var inner = new TaskCompletionSource<int>();
        var wait = Shield.WaitAsync(inner.Task, waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        Assert.False(inner.Task.IsCompleted);
        inner.SetResult(1);
        Assert.Equal(1, await inner.Task);
    }

    [Fact]
    public void WaitAsync_CompletedTaskOrNoToken_IsTheTaskItself()
    {
        var done = Task.FromResult(1);
        Assert.Same(done, Shield.WaitAsync(done, new CancellationToken(canceled: true)));
        Task untyped = done;
        Assert.Same(untyped, Shield.WaitAsync(untyped, new CancellationToken(canceled: true)));
        var pending = new TaskCompletionSource<int>().Task;
        Assert.Same(pending, Shield.WaitAsync(pending, CancellationToken.None));
        Assert.Throws<ArgumentNullException>(() => { _ = Shield.WaitAsync(null!, default); });
        Assert.Throws<ArgumentNullException>(() => { _ = Shield.WaitAsync<int>(null!, default); });
    }

    [Fact]
    public void WaitAsync_ManyCancelledWaits_LeaveNothingOnTheTask()
    {
        // bpo-35125
        var inner = new TaskCompletionSource();
        for (var i = 0; i < 1000; i++)
            WaitAndCancel();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 100_000; i++)
            WaitAndCancel();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 2_000_000, $"{grown} bytes for 100,000 waits");
        inner.SetResult();

        void WaitAndCancel()
        {
            using var waiter = new CancellationTokenSource();
            var wait = Shield.WaitAsync(inner.Task, waiter.Token);
            waiter.Cancel();
            Assert.True(wait.IsCanceled);
        }
    }

    [Fact]
    public Task RunAsync_WaiterCancelled_TheWorkGoesOn() => Everywhere.HoldsAsync(async () =>
    {
        using var waiter = new CancellationTokenSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wait = Shield.RunAsync(
            async token =>
            {
                Assert.False(token.CanBeCanceled);
                await release.Task;
                ended.SetResult();
            },
            waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        release.SetResult();
        await ended.Task;
    });

    [Fact]
    public async Task RunAsync_InFinallyWithACancelledToken_TheWorkRuns()
    {
        var cancelled = new CancellationToken(canceled: true);
        var ran = false;
        await Shield.RunAsync(
            _ =>
            {
                ran = true;
                return Task.CompletedTask;
            },
            cancelled);
        Assert.True(ran);
        var release = new TaskCompletionSource<int>();
        (await Outcome.OfAsync(Shield.RunAsync(_ => release.Task, cancelled))).IsCanceledBy(cancelled);
        release.SetResult(1);
    }

    [Fact]
    public async Task RunAsync_FailsAfterTheCallerHasGone_IsReportedOnce()
    {
        using var reports = new Abandoned();
        using var waiter = new CancellationTokenSource();
        var work = new TaskCompletionSource<int>();
        var marker = Guid.NewGuid().ToString();
        var wait = Shield.RunAsync(_ => work.Task, waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        work.SetException(new FormatException(marker));
        Assert.Equal(1, reports.Count(marker));
    }

    [Fact]
    public async Task RunAsync_FailsWhileTheCallerWaits_IsNotReported()
    {
        using var reports = new Abandoned();
        using var waiter = new CancellationTokenSource();
        var work = new TaskCompletionSource();
        var marker = Guid.NewGuid().ToString();
        var wait = Shield.RunAsync(_ => work.Task, waiter.Token);
        work.SetException(new FormatException(marker));
        Assert.Equal(marker, (await Outcome.OfAsync(wait)).Thrown!.Message);
        (await Outcome.OfAsync(Shield.RunAsync(_ => throw new FormatException(marker), waiter.Token))).FailsWith<FormatException>();
        Assert.Equal(0, reports.Count(marker));
    }

    [Fact]
    public async Task RunAsync_SucceedsAfterTheCallerHasGone_IsNotReported()
    {
        using var reports = new Abandoned();
        using var waiter = new CancellationTokenSource();
        var work = new TaskCompletionSource<int>();
        var wait = Shield.RunAsync(_ => work.Task, waiter.Token);
        waiter.Cancel();
        work.SetResult(1);
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        Assert.Empty(reports.All);
    }

    [Fact]
    public async Task WaitForPendingAsync_ShieldedWork_IsWaitedForAndCounted()
    {
        await Shield.WaitForPendingAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, Shield.PendingCount);
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource<int>();
        var cancelled = new CancellationToken(canceled: true);
        _ = Shield.RunAsync(_ => first.Task, cancelled);
        _ = Shield.RunAsync(_ => second.Task, cancelled);
        Assert.Equal(2, Shield.PendingCount);
        var wait = Shield.WaitForPendingAsync(Timeout.InfiniteTimeSpan);
        var timed = Shield.WaitForPendingAsync(TimeSpan.FromMinutes(1));
        var late = await Outcome.OfAsync(Shield.WaitForPendingAsync(TimeSpan.Zero));
        late.FailsWith<TimeoutException>();
        Assert.StartsWith("2 shielded operations", late.Thrown!.Message);
        first.SetResult();
        Assert.False(wait.IsCompleted);
        second.SetResult(1);
        await HangGuard.WaitAsync(Task.WhenAll(wait, timed));
        Assert.Equal(0, Shield.PendingCount);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Shield.WaitForPendingAsync(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void CompleteAsync_ThenCancelled_RunsToTheEndAndThenThrows() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        using var then = new CancellationTokenSource();
        var ended = false;
        var run = Shield.CompleteAsync(
            async token =>
            {
                await time.Delay(5, token);
                ended = true;
            },
            then.Token);
        await time.Delay(1);
        then.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(then.Token);
        Assert.True(ended);
        Assert.Equal(5, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void CompleteAsync_Grace_CutsTheCleanupShort() => VirtualTime.RunSeeds(20, async time =>
    {
        using var then = new CancellationTokenSource();
        var grace = TimeSpan.FromSeconds(3);
        var run = Shield.CompleteAsync(token => time.Delay(60, token), then.Token, grace, time.TimeProvider);
        await time.Delay(10);
        Assert.False(run.IsCompleted);
        then.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(then.Token);
        Assert.Equal(13, time.Elapsed.TotalSeconds);

        // In time, cancelled beforehand; not cancelled at all; an error of its own.
        (await Outcome.OfAsync(Shield.CompleteAsync(token => time.Delay(2, token), then.Token, grace, time.TimeProvider))).IsCanceledBy(then.Token);
        Assert.Equal(15, time.Elapsed.TotalSeconds);
        using var calm = new CancellationTokenSource();
        Assert.Equal(1, await Shield.CompleteAsync(async token => { await time.Delay(60, token); return 1; }, calm.Token, grace, time.TimeProvider));
        Assert.Equal(2, await Shield.CompleteAsync(async token => { await time.Delay(60, token); return 2; }, default, grace, time.TimeProvider));
        (await Outcome.OfAsync(Shield.CompleteAsync(_ => throw new FormatException(), then.Token, grace, time.TimeProvider))).FailsWith<FormatException>();
        (await Outcome.OfAsync(Shield.CompleteAsync(static _ => null!, calm.Token))).FailsWith<InvalidOperationException>();
    });

    [Fact]
    public async Task CompleteAsync_Fails_ItsErrorBeatsTheCancellation()
        => (await Outcome.OfAsync(Shield.CompleteAsync(Child.Fails, new CancellationToken(canceled: true)))).FailsWith<DivideByZeroException>();

    private sealed class Abandoned : IDisposable
    {
        private readonly ConcurrentQueue<Exception> _errors = new();

        public Abandoned() => Shield.AbandonedException += Add;

        public Exception[] All => [.. _errors];

        public int Count(string message) => _errors.Count(error => error.Message == message);

        public void Dispose() => Shield.AbandonedException -= Add;

        private void Add(object? sender, AbandonedExceptionEventArgs e) => _errors.Enqueue(e.Exception);
    }
}
