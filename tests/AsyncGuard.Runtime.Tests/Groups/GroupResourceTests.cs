using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>What a group and its children leave behind: nothing. A token source that was disposed shows it by its wait handle.</summary>
public sealed class GroupResourceTests
{
    [Fact]
    public async Task Group_Ended_ItsSourceAndTimersAreDisposed()
    {
        var clock = new CountingClock(TimeProvider.System);
        CancellationToken token = default;
        await TaskGroup.RunAsync(
            group =>
            {
                token = group.CancellationToken;
                group.CancelAfter(TimeSpan.FromHours(1));
                group.CancelAfter(TimeSpan.FromHours(2));
                Assert.Equal(2, clock.Made);
                Assert.Equal(2, clock.Live);
                return Task.CompletedTask;
            },
            new TaskGroupOptions { TimeProvider = clock, Timeout = TimeSpan.FromHours(1) });
        Assert.Equal(0, clock.Live);
        Assert.False(token.IsCancellationRequested);
        IsDisposed(token);
    }

    [Fact]
    public async Task CancelAfter_GroupHasEnded_SetsNoTimer()
    {
        var clock = new CountingClock(TimeProvider.System);
        TaskGroup group = null!;
        await TaskGroup.RunAsync(g => { group = g; return Task.CompletedTask; }, new TaskGroupOptions { TimeProvider = clock });
        group.CancelAfter(TimeSpan.Zero);
        Assert.Equal(0, clock.Made);
    }

    [Fact]
    public async Task CancellableChild_HoweverItEnds_ItsSourceIsDisposed()
    {
        CancellationToken thrown = default, complete = default, late = default, cancelled = default, after = default;
        var signal = new TaskCompletionSource();
        var afterSignal = new TaskCompletionSource();
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            async group =>
            {
                _ = group.StartCancellable(token => { thrown = token; throw new DivideByZeroException(); });
                _ = group.StartCancellable(token => { complete = token; return Task.CompletedTask; });
                var lateChild = group.StartCancellable(token => { late = token; return signal.Task; });
                // Ends inside its own Cancel, and so does not dispose of the source itself.
                var cancelledChild = group.StartCancellable(token => { cancelled = token; return Ending(token); });
                var afterChild = group.StartCancellable(token => { after = token; return afterSignal.Task; });
                IsDisposed(thrown);
                IsDisposed(complete);
                Assert.NotNull(late.WaitHandle);
                signal.SetResult();
                await lateChild.Task;
                IsDisposed(late);
                cancelledChild.Cancel();
                Assert.True(cancelledChild.Task.IsCompleted);
                IsDisposed(cancelled);
                afterChild.Cancel();
                Assert.True(after.IsCancellationRequested);
                Assert.NotNull(after.WaitHandle);
                afterSignal.SetResult();
                await afterChild.Task;
                IsDisposed(after);
            },
            new TaskGroupOptions { Policy = TaskGroupPolicy.Supervise }));
        outcome.FailsWith<DivideByZeroException>();

        static Task Ending(CancellationToken token)
        {
            var end = new TaskCompletionSource();
            token.Register(end.SetResult);
            return end.Task;
        }
    }

    [Fact]
    public async Task CancellableChild_ReturnsNull_Fails()
        => (await Outcome.OfAsync(
        TaskGroup.RunAsync(static group => { _ = group.StartCancellable(static _ => null!); }))).FailsWith<InvalidOperationException>();

    [Fact]
    public async Task CancellableChild_CancelledBeforeItsSlot_EndsWithACancelledToken()
    {
        var release = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(_ => release.Task);
                var waiting = group.StartCancellable(static _ => throw new FormatException("must not run"));
                waiting.Cancel();
                release.SetResult();
                var outcome = await Outcome.OfAsync(waiting.Task);
                Assert.Equal(TaskStatus.Canceled, outcome.Status);
                Assert.True(((OperationCanceledException)outcome.Thrown!).CancellationToken.IsCancellationRequested);
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    }

    [Fact]
    public async Task ReadyChild_HoweverItEnds_ItsSourceIsDisposed()
    {
        using var start = new CancellationTokenSource();
        CancellationToken thrown = default, complete = default, late = default;
        var signal = new TaskCompletionSource();
        await TaskGroup.RunAsync(async group =>
        {
            var throwing =
                group.StartAndWaitReadyAsync<int>((_, token) => { thrown = token; throw new DivideByZeroException(); }, start.Token);
            (await Outcome.OfAsync(throwing)).FailsWith<DivideByZeroException>();
            await group.StartAndWaitReadyAsync<int>((ready, token) => { complete = token; ready.Started(1); return Task.CompletedTask; },
                start.Token);
            await group.StartAndWaitReadyAsync<int>((ready, token) => { late = token; ready.Started(1); return signal.Task; }, start.Token);
            IsDisposed(thrown);
            IsDisposed(complete);
            Assert.NotNull(late.WaitHandle);
            signal.SetResult();
            IsDisposed(late);
            var returnsNull = await Outcome.OfAsync(group.StartAndWaitReadyAsync<int>(static (_, _) => null!, start.Token));
            returnsNull.FailsWith<InvalidOperationException>();
            Assert.Equal("The delegate returned null instead of a task.", returnsNull.Thrown!.Message);
        });
    }

    [Fact]
    public void Expired_TimersOfABackgroundGroupsDrain_AreOfItsOwnClock() => VirtualTime.Run(async time =>
    {
        await using var group = new BackgroundTaskGroup(
            static _ => { }, new BackgroundTaskGroupOptions { TimeProvider = time.TimeProvider, CancelGrace = Timeout.InfiniteTimeSpan });
        group.Start(Child.Forever);
        var report = await group.DrainAsync(TimeSpan.FromHours(1));
        Assert.True(report.Canceled && report.Completed);
        Assert.Equal(TimeSpan.FromHours(1), time.Elapsed);
    });

    private static void IsDisposed(CancellationToken token) => Assert.Throws<ObjectDisposedException>(() => token.WaitHandle);
}
