using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Groups;

[Collection(nameof(UnobservedCollection))]
public sealed class RaceTests
{
    [Fact]
    public void RaceAsync_FirstSuccess_WinsAndLosersAreCancelledAndWaitedFor() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var unwound = false;
        var result = await TaskGroup.RaceAsync<string>(
        [
            async token =>
            {
                try
                {
                    await time.Delay(10, token);
                }
                finally
                {
                    await time.Delay(1);
                    unwound = true;
                }

                return "slow";
            },
            async token => { await time.Delay(2, token); return "fast"; },
            async token => { await time.Delay(1, token); throw new FormatException(); },
        ]);
        Assert.Equal("fast", result);
        Assert.True(unwound);
        Assert.Equal(3, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void RaceAsync_AllFail_AllErrorsInOrderOfTime() => VirtualTime.RunSeeds(20, async time =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RaceAsync<int>(
        [
            async token => { await time.Delay(2, token); throw new FormatException(); },
            async token => { await time.Delay(1, token); throw new InvalidCastException(); },
            async token => { await time.Delay(3, token); throw new TaskCanceledException(); },
        ]));
        outcome.FailsWith(typeof(InvalidCastException), typeof(FormatException), typeof(TaskCanceledException));
    });

    [Fact]
    public void RaceAsync_LateResults_AreDisposed() => VirtualTime.RunSeeds(20, async time =>
    {
        var resources = Enumerable.Range(0, 3).Select(static _ => new Resource()).ToArray();
        var winner =
            await TaskGroup.RaceAsync<Resource>(
            resources.Select<Resource, Func<CancellationToken, Task<Resource>>>((resource, i) => async _ =>
        {
            await time.Delay(i + 1);
            return resource;
        }));
        Assert.Same(resources[0], winner);
        Assert.Equal([false, true, true], resources.Select(static resource => resource.IsDisposed));
    });

    [Fact]
    public async Task RaceAsync_LosersErrors_AreReported()
    {
        using var unobserved = new UnobservedErrors();
        var marker = Guid.NewGuid().ToString();
        Assert.Equal(1, await TaskGroup.RaceAsync<int>([_ => throw new FormatException(marker), static _ => Task.FromResult(1)]));
        Assert.Contains(unobserved.Of(null), error => error.Message == marker);
    }

    [Fact]
    public void RaceAsync_OuterCancelBeforeAWinner_Canceled() => VirtualTime.RunSeeds(20, async time =>
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RaceAsync<int>(
            [async token => { await time.Delay(10, token); return 1; }, static _ => throw new FormatException()],
            hedgeDelay: null,
            outer.Token);
        await time.Delay(1);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
    });

    [Fact]
    public void RaceAsync_OuterCancelAfterAWinner_TheWinnersResultIsKept() => VirtualTime.RunSeeds(20, async time =>
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RaceAsync<int>(
            [
                static _ => Task.FromResult(7),
                async token =>
                {
                    try
                    {
                        await time.Delay(10, token);
                    }
                    finally
                    {
                        await time.Delay(2);
                    }

                    return 1;
                },
            ],
            hedgeDelay: null,
            outer.Token);
        await time.Delay(1);
        outer.Cancel();
        Assert.Equal(7, await run);
    });

    [Fact]
    public void RaceAsync_Hedged_TheNextJoinsAfterTheDelayOrAFailure() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var starts = new List<double>();
        var result = await TaskGroup.RaceAsync<int>(
        [
            async token => { Note(); await time.Delay(100, token); return 0; },
            async token => { Note(); await time.Delay(1, token); throw new FormatException(); },
            async token => { Note(); await time.Delay(20, token); return 2; },
            async token => { Note(); await time.Delay(1, token); return 3; },
            static _ => throw new InvalidOperationException("not needed"),
        ],
            TimeSpan.FromSeconds(10),
            default,
            time.TimeProvider);
        Assert.Equal(3, result);
        // 0; after the delay; at once after the failure; after the delay; never.
        Assert.Equal([0, 10, 11, 21], starts);
        Assert.Equal(22, time.Elapsed.TotalSeconds);

        void Note() => starts.Add(time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void RaceAsync_HedgedAndTheFirstWinsInTime_TheOthersAreNotCalled() => VirtualTime.RunSeeds(20, async time =>
    {
        var called = false;
        Assert.Equal(1, await TaskGroup.RaceAsync<int>(
            [
                async token => { await time.Delay(1, token); return 1; },
                _ =>
                {
                    called = true;
                    return Task.FromResult(2);
                },
            ],
            TimeSpan.FromSeconds(10),
            default,
            time.TimeProvider));
        Assert.False(called);
        Assert.Equal(1, time.Elapsed.TotalSeconds);
    });

    private sealed class Resource : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            IsDisposed = true;
        }
    }

    [Fact]
    public async Task FirstAsync_CancelledWithSomeResults_TheyAreDisposed()
    {
        using var source = new CancellationTokenSource();
        var won = new Won();
        var decided = new TaskCompletionSource();
        var race = TaskGroup.FirstAsync<Won>(
            [
                _ => Task.FromResult(won),
                async token =>
                {
                    decided.SetResult();
                    await Child.Forever(token);
                    return won;
                },
            ],
            2,
            source.Token);
        await decided.Task;
        source.Cancel();
        (await Outcome.OfAsync(race)).IsCanceledBy(source.Token);
        Assert.Equal(1, won.Disposals);
    }

    private sealed class Won : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
