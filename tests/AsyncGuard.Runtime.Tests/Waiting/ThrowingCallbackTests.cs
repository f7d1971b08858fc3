using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Waiting;

/// <summary>What a callback on the token throws comes out of the call whose token it is, and does not end the process.</summary>
public sealed class ThrowingCallbackTests
{
    [Fact]
    public void Deadline_TimeIsOver_TheCallbacksErrorComesOut() => VirtualTime.Run(async time =>
    {
        var run = Deadline.RunAsync(TimeSpan.FromSeconds(1), StopsAsync, timeProvider: time.TimeProvider);
        (await Outcome.OfAsync(run)).FailsWith<FormatException>();
        Assert.Equal(1, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public async Task Deadline_SystemClock_TheCallbacksErrorComesOut()
    {
        var run = Deadline.RunAsync(TimeSpan.FromMilliseconds(1), StopsAsync);
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith<FormatException>();
    }

    [Fact]
    public async Task Deadline_OuterTokenIsCancelled_TheCallbacksErrorComesOutAndNotOfCancel()
    {
        using var outer = new CancellationTokenSource();
        var run = Deadline.RunAsync(TimeSpan.FromDays(1), StopsAsync, outer.Token);
        outer.Cancel();
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith<FormatException>();
    }

    [Fact]
    public async Task Deadline_OperationFailsToo_TheGroupGetsBothErrors()
    {
        var run = TaskGroup.RunAsync(static async group => await group.Start(static token => Deadline.RunAsync(
            TimeSpan.FromMilliseconds(100),
            static async token =>
            {
                token.Register(static () => throw new FormatException());
                await Child.FailsInCleanup(token);
            },
            token)));
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith(typeof(FormatException), typeof(DivideByZeroException));
    }

    [Fact]
    public async Task OperationFailsToo_TheTaskHasBothErrors()
    {
        // Long enough for the callback to be registered before the time is up.
        var run = Deadline.RunAsync(TimeSpan.FromMilliseconds(100), ThrowsAndFailsAsync);
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith(typeof(FormatException), typeof(DivideByZeroException));
        using var source = new CancellationTokenSource();
        source.Cancel();
        run = Shield.CompleteAsync(ThrowsAndFailsAsync, source.Token, TimeSpan.FromMilliseconds(100));
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith(typeof(FormatException), typeof(DivideByZeroException));

        static Task ThrowsAndFailsAsync(CancellationToken token)
        {
            token.Register(static () => throw new FormatException());
            return Child.FailsInCleanup(token);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SeveralErrorsOfTheOperation_TheTaskHasAllOfThem(bool isAwaited)
    {
        using var source = new CancellationTokenSource();
        foreach (var run in new[]
        {
            Deadline.RunAsync(TimeSpan.FromDays(1), FailsTwiceAsync),
            Deadline.RunAsync(TimeSpan.FromDays(1), FailsTwiceAsync, source.Token),
            Shield.CompleteAsync(FailsTwiceAsync, CancellationToken.None),
            Shield.CompleteAsync(FailsTwiceAsync, source.Token, TimeSpan.FromDays(1)),
        })
            (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith(typeof(FormatException), typeof(DivideByZeroException));

        Task FailsTwiceAsync(CancellationToken token)
        {
            var group = TaskGroup.RunAsync(
                group =>
                {
                    _ = group.Start(Child.FailsInCleanup);
                    _ = group.Start(static async _ =>
                    {
                        await Task.Yield();
                        throw new FormatException();
                    });
                },
                token);
            return isAwaited ? AwaitAsync(group) : group;
        }

        static async Task AwaitAsync(Task task) => await task;
    }

    [Fact]
    public void CompleteAsync_GraceIsOver_TheCallbacksErrorComesOut() => VirtualTime.Run(async time =>
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var run = Shield.CompleteAsync(StopsAsync, source.Token, TimeSpan.FromSeconds(1), time.TimeProvider);
        (await Outcome.OfAsync(run)).FailsWith<FormatException>();
        Assert.Equal(1, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public async Task CompleteAsync_SystemClock_TheCallbacksErrorComesOut()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var run = Shield.CompleteAsync(StopsAsync, source.Token, TimeSpan.FromMilliseconds(1));
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith<FormatException>();
    }

    [Fact]
    public async Task StartAndWaitReadyAsync_StartIsCancelled_TheCallbacksErrorIsTheGroups()
    {
        using var start = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(async group =>
        {
            var ready = group.StartAndWaitReadyAsync<int>(static (_, token) => StopsAsync(token), start.Token);
            start.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ready);
        });
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith<FormatException>();
    }

    [Fact]
    public async Task Group_TimeOutAndCancelAfter_TheCallbacksErrorIsTheGroups()
    {
        var timeout =
            TaskGroup.RunAsync(static group => StopsAsync(group.CancellationToken),
            new TaskGroupOptions { Timeout = TimeSpan.FromMilliseconds(1) });
        (await HangGuard.WaitAsync(Outcome.OfAsync(timeout))).FailsWith<FormatException>();
        var after = TaskGroup.RunAsync(static group =>
        {
            group.CancelAfter(TimeSpan.FromMilliseconds(1));
            return StopsAsync(group.CancellationToken);
        });
        (await HangGuard.WaitAsync(Outcome.OfAsync(after))).FailsWith<FormatException>();
    }

    private static async Task StopsAsync(CancellationToken token)
    {
        token.Register(static () => throw new FormatException());
        await Child.Forever(token);
    }
}
