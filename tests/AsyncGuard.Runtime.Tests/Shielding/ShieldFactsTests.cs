using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Shielding;

/// <summary>What CPython's tests say of <c>shield</c>, under every order of the ready queue and on the thread pool.</summary>
[Collection(nameof(UnobservedCollection))]
public sealed class ShieldFactsTests
{
    [Fact]
    public Task Result_PassesThrough() => Everywhere.HoldsAsync(async () =>
    {
        using var waiter = new CancellationTokenSource();
        Assert.Equal(42, await Shield.WaitAsync(YieldingAsync(42), waiter.Token));
        Assert.Equal(42, await Shield.RunAsync(_ => YieldingAsync(42), waiter.Token));
    });

    [Fact]
    public Task Exception_IsTheSameInstance() => Everywhere.HoldsAsync(async () =>
    {
        using var waiter = new CancellationTokenSource();
        var error = new FormatException();
        Assert.Same(error, (await Outcome.OfAsync(Shield.WaitAsync(FailingAsync(error), waiter.Token))).Thrown);
        Assert.Same(error, (await Outcome.OfAsync(Shield.RunAsync(_ => FailingAsync(error), waiter.Token))).Thrown);
    });

    [Fact]
    public Task InnerCancelled_TheWaitIsCancelled() => Everywhere.HoldsAsync(async () =>
    {
        using var waiter = new CancellationTokenSource();
        using var inner = new CancellationTokenSource();
        var wait = Outcome.OfAsync(Shield.WaitAsync(Child.Forever(inner.Token), waiter.Token));
        await Task.Yield();
        inner.Cancel();
        (await wait).IsCanceledBy(inner.Token);
    });

    [Fact]
    public Task WaiterCancelled_InnerGoesOnToItsResult() => Everywhere.HoldsAsync(async () =>
    {
        using var waiter = new CancellationTokenSource();
        var release = new TaskCompletionSource<int>();
        var wait = Shield.WaitAsync(release.Task, waiter.Token);
        await Task.Yield();
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        Assert.False(release.Task.IsCompleted);
        release.SetResult(1);
        Assert.Equal(1, await release.Task);
    });

    [Fact]
    public Task WaiterCancelled_ThenResult_IsNotReported() => Everywhere.HoldsAsync(async () =>
    {
        using var reports = new Reports();
        using var waiter = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        var wait = Shield.RunAsync(_ => release.Task, waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        release.SetResult();
        await Task.Yield();
        Assert.Equal(0, reports.Count);
    });

    [Fact]
    public Task WaiterCancelled_ThenException_IsReportedOnce() => Everywhere.HoldsAsync(async () =>
    {
        using var reports = new Reports();
        using var waiter = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        var wait = Shield.RunAsync(_ => release.Task, waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        release.SetException(new FormatException());
        await reports.FirstAsync();
        Assert.Equal(1, reports.Count);
    });

    [Fact]
    public Task TwoAbandonedWaits_OfATaskWithAnOwner_AreNotReported() => Everywhere.HoldsAsync(async () =>
    {
        using var reports = new Reports();
        using var waiter = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        var first = Shield.WaitAsync(release.Task, waiter.Token);
        var second = Shield.WaitAsync(release.Task, waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(first)).IsCanceledBy(waiter.Token);
        (await Outcome.OfAsync(second)).IsCanceledBy(waiter.Token);
        var error = new FormatException();
        release.SetException(error);
        // The owner still has it.
        Assert.Same(error, (await Outcome.OfAsync(release.Task)).Thrown);
        Assert.Equal(0, reports.Count);
    });

    [Fact]
    public Task CompletedTask_IsReturnedItself() => Everywhere.HoldsAsync(() =>
    {
        var done = Task.FromResult(1);
        Assert.Same(done, Shield.WaitAsync(done, new CancellationToken(canceled: true)));
        return Task.CompletedTask;
    });

    [Fact]
    public Task CallerCancelled_TheWorkStillTakesEffect() => Everywhere.HoldsAsync(async () =>
    {
        using var caller = new CancellationTokenSource();
        var proof = 0;
        var cancelled = new TaskCompletionSource();
        var worked = new TaskCompletionSource();
        var run = Outcome.OfAsync(OuterAsync());
        await Task.Yield();
        caller.Cancel();
        (await run).IsCanceledBy(caller.Token);
        cancelled.SetResult();
        await worked.Task;
        Assert.Equal(1, proof);

        async Task OuterAsync()
        {
            await Shield.RunAsync(_ => InnerAsync(), caller.Token);
            proof += 100;
        }

        async Task InnerAsync()
        {
            await cancelled.Task;
            await Child.Stubborn(5);
            proof++;
            worked.SetResult();
        }
    });

    [Fact]
    public Task ShieldedWhenAll_WaitCancelled_TheWhenAllCompletes() => Everywhere.HoldsAsync(async () =>
    {
        using var waiter = new CancellationTokenSource();
        var first = new TaskCompletionSource<int>();
        var second = new TaskCompletionSource<int>();
        var all = Task.WhenAll(first.Task, second.Task);
        var wait = Shield.WaitAsync(all, waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        first.SetResult(1);
        second.SetResult(2);
        var results = await all;
        Assert.Equal([1, 2], results);
    });

    [Fact]
    public Task GroupOfShields_Cancelled_TheShieldedTasksGoOn() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var first = new TaskCompletionSource<int>();
        var second = new TaskCompletionSource<int>();
        var group = TaskGroup.WhenAllAsync(token => Shield.WaitAsync(first.Task, token), token => Shield.WaitAsync(second.Task, token),
            outer.Token);
        await Task.Yield();
        outer.Cancel();
        (await Outcome.OfAsync(group)).IsCanceledBy(outer.Token);
        first.SetResult(1);
        second.SetResult(2);
        Assert.Equal(3, await first.Task + await second.Task);
    });

    [Fact]
    public Task DeadlineAroundAShield_TimeIsUpAtOnce_TheWorkStillRuns() => Everywhere.HoldsAsync(async () =>
    {
        var inner = new TaskCompletionSource<int>();
        (await Outcome.OfAsync(Deadline.RunAsync(TimeSpan.Zero, token => Shield.WaitAsync(inner.Task, token)))).FailsWith<TimeoutException>(
            );
        inner.SetResult(1);
        Assert.Equal(1, await inner.Task);
    });

    [Fact]
    public Task CompleteAsync_CancelledMidway_RunsToItsEnd() => Everywhere.HoldsAsync(async () =>
    {
        using var then = new CancellationTokenSource();
        var cancelled = new TaskCompletionSource();
        var steps = 0;
        var run = Shield.CompleteAsync(
            async token =>
            {
                await cancelled.Task;
                for (; steps < 5; steps++) await Task.Yield();
                Assert.False(token.IsCancellationRequested);
            },
            then.Token);
        then.Cancel();
        cancelled.SetResult();
        (await Outcome.OfAsync(run)).IsCanceledBy(then.Token);
        Assert.Equal(5, steps);
    });

    private static async Task<int> YieldingAsync(int result)
    {
        await Task.Yield();
        return result;
    }

    private static async Task FailingAsync(Exception error)
    {
        await Task.Yield();
        throw error;
    }

    private sealed class Reports : IDisposable
    {
        private readonly ConcurrentQueue<Exception> _errors = new();
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Reports() => Shield.AbandonedException += Add;

        public int Count => _errors.Count(static error => error is FormatException);

        public Task FirstAsync() => _first.Task;

        public void Dispose() => Shield.AbandonedException -= Add;

        private void Add(object? sender, AbandonedExceptionEventArgs e)
        {
            _errors.Enqueue(e.Exception);
            _first.TrySetResult();
        }
    }
}
