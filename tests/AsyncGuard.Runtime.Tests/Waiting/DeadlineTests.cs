using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Waiting;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public void RunAsync_InTime_TheResult() => VirtualTime.RunSeeds(20, async time =>
    {
        Assert.Equal(1,
            await Deadline.RunAsync(Limit, async token => { await time.Delay(4, token); return 1; }, default, time.TimeProvider));
        await Deadline.RunAsync(Timeout.InfiniteTimeSpan, token => time.Delay(100, token), default, time.TimeProvider);
        Assert.Equal(104, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void RunAsync_Late_CancelsAndWaitsForTheEnd() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var ended = false;
        var outcome = await Outcome.OfAsync(Deadline.RunAsync(
            Limit,
            async token =>
            {
                try
                {
                    await time.Delay(60, token);
                }
                finally
                {
                    await time.Delay(2);
                    ended = true;
                }
            },
            default,
            time.TimeProvider));
        outcome.FailsWith<TimeoutException>();
        Assert.IsType<OperationCanceledException>(outcome.Thrown!.InnerException, exactMatch: false);
        Assert.True(ended);
        Assert.Equal(7, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void RunAsync_LateButReturnsAResult_ThatResult() => VirtualTime.RunSeeds(20, async time =>
        Assert.Equal(3, await Deadline.RunAsync(
            Limit,
            async token =>
            {
                try
                {
                    await time.Delay(60, token);
                    return 1;
                }
                catch (OperationCanceledException)
                {
                    return 3;
                }
            },
            default,
            time.TimeProvider)));

    [Fact]
    public void RunAsync_LateAndFailsInItsCleanup_ThatError() => VirtualTime.RunSeeds(20, async time =>
        (await Outcome.OfAsync(Deadline.RunAsync(Limit, Child.FailsInCleanup, default,
        time.TimeProvider))).FailsWith<DivideByZeroException>());

    [Fact]
    public void RunAsync_TokenCancelled_CanceledAlsoIfLateAsWell() => VirtualTime.RunSeeds(20, async time =>
    {
        using var source = new CancellationTokenSource();
        var run = Deadline.RunAsync(
            Limit,
            async token =>
            {
                try
                {
                    await time.Delay(60, token);
                }
                catch (OperationCanceledException)
                {
                    await time.Delay(3);
                    throw;
                }
            },
            source.Token,
            time.TimeProvider);
        await time.Delay(6);
        source.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(source.Token);
    });

    [Fact]
    public async Task RunAsync_ZeroOrCancelledBeforehand_NotCalled()
    {
        var called = false;
        Task<int> Operation(CancellationToken token)
        {
            called = true;
            return Task.FromResult(1);
        }

        (await Outcome.OfAsync(Deadline.RunAsync(TimeSpan.Zero, Operation))).FailsWith<TimeoutException>();
        var cancelled = new CancellationToken(canceled: true);
        (await Outcome.OfAsync(Deadline.RunAsync(TimeSpan.Zero, Operation, cancelled))).IsCanceledBy(cancelled);
        Assert.False(called);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Deadline.RunAsync(TimeSpan.FromSeconds(-1), Operation));
    }

    [Fact]
    public void RunAsync_ForeignCancellation_PassesUnchanged() => VirtualTime.RunSeeds(20, async time =>
    {
        var foreign = new OperationCanceledException("theirs");
        Assert.Same(foreign, (await Outcome.OfAsync(Deadline.RunAsync(Limit, _ => throw foreign, default, time.TimeProvider))).Thrown);
    });

    [Fact]
    public void RunAsync_AroundAGroup_TheGroupUnwindsAndTheTimeoutComesOut() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var children = 0;
        var outcome = await Outcome.OfAsync(Deadline.RunAsync(
            Limit,
            token => TaskGroup.RunAsync(
                group =>
                {
                    for (var i = 0; i < 3; i++)
                    {
                        _ = group.Start(async token =>
                        {
                            try
                            {
                                await time.Delay(60, token);
                            }
                            finally
                            {
                                children++;
                            }
                        });
                    }
                },
                token),
            default,
            time.TimeProvider));
        outcome.FailsWith<TimeoutException>();
        Assert.Equal(3, children);
        Assert.Equal(5, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void RunAsync_GroupsChildCrashesInCleanup_ItsErrorComesOut() => VirtualTime.RunSeeds(20, async time =>
        (await Outcome.OfAsync(Deadline.RunAsync(
            Limit, token => TaskGroup.RunAsync(group => { _ = group.Start(Child.FailsInCleanup); }, token), default, time.TimeProvider)))
            .FailsWith<DivideByZeroException>());

    [Fact]
    public async Task RunAsync_OneLimitAfterTheOther_EachEndsByItsOwnTime()
    {
        // Long limits that are over early, short ones that strike, and both at once: timers may serve several.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async lane =>
        {
            for (var i = 0; i < 40; i++)
            {
                Assert.Equal(i, await Deadline.RunAsync(TimeSpan.FromMinutes(1), async _ =>
                {
                    await Task.Yield();
                    return i;
                }));
                if (i % 10 == lane)
                    await Assert.ThrowsAsync<TimeoutException>(
                        () => Deadline.RunAsync(TimeSpan.FromMilliseconds(15), token => Task.Delay(Timeout.Infinite, token)));
                Assert.Equal(i, await Deadline.RunAsync(TimeSpan.FromSeconds(30), _ => Task.FromResult(i)));
            }
        }));
    }
}
