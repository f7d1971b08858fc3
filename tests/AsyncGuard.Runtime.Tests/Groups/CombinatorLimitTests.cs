using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>How many run at once, when they stop taking items, and what a race does with the results of its losers.</summary>
[Collection(nameof(UnobservedCollection))]
public sealed class CombinatorLimitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ForEachAsync_Limit_SoManyAtOnceAndNoMore(int limit) => VirtualTime.Run(async time =>
    {
        foreach (var isAsync in new[] { false, true })
        {
            var before = time.Elapsed;
            var running = 0;
            var most = 0;
            var ended = 0;
            await (isAsync
                ? TaskGroup.ForEachAsync(AsyncItems(), BodyAsync, limit)
                : TaskGroup.ForEachAsync(Enumerable.Range(0, 12), BodyAsync, limit));
            Assert.Equal(limit, most);
            Assert.Equal(12, ended);
            Assert.Equal(12 / limit, (time.Elapsed - before).TotalSeconds);

            async Task BodyAsync(int item, CancellationToken token)
            {
                most = Math.Max(most, ++running);
                await time.Delay(1, token);
                running--;
                ended++;
            }
        }

        static async IAsyncEnumerable<int> AsyncItems()
        {
            for (var i = 0; i < 12; i++)
            {
                await Task.CompletedTask;
                yield return i;
            }
        }
    });

    [Fact]
    public async Task ForEachAsync_WorkersAreStillRunning_TheSourceIsNotDisposed()
    {
        var release = new TaskCompletionSource();
        var disposed = false;
        var run = TaskGroup.ForEachAsync(Items(), (_, _) => release.Task, maxConcurrency: 2);
        Assert.False(disposed);
        release.SetResult();
        await run;
        Assert.True(disposed);

        IEnumerable<int> Items()
        {
            try
            {
                yield return 1;
                yield return 2;
            }
            finally
            {
                disposed = true;
            }
        }
    }

    [Fact]
    public async Task Loops_CancelledWithItemsLeft_TakeNoMore()
    {
        using var outer = new CancellationTokenSource();
        var runs = new[]
        {
            TaskGroup.ForEachAsync(Endless(), static async (_, _) => await Task.Yield(), maxConcurrency: 1, outer.Token),
            TaskGroup.ForEachAsync(EndlessAsync(), static async (_, _) => await Task.Yield(), maxConcurrency: 1, outer.Token),
            TaskGroup.MapAsync(Endless(), static async (i, _) => { await Task.Yield(); return i; }, maxConcurrency: 1, outer.Token),
        };
        outer.Cancel();
        foreach (var run in runs) (await HangGuard.WaitAsync(Outcome.OfAsync(run))).IsCanceledBy(outer.Token);

        static IEnumerable<int> Endless()
        {
            while (true) yield return 1;
        }

        static async IAsyncEnumerable<int> EndlessAsync()
        {
            while (true)
            {
                await Task.CompletedTask;
                yield return 1;
            }
        }
    }

    [Fact]
    public void WhenAllAsync_NullAmongTheChildren_Throws()
    {
        static Task<int> One(CancellationToken token) => Task.FromResult(1);
        Func<CancellationToken, Task<int>> none = null!;
        Refuses("first", () => TaskGroup.WhenAllAsync(none, One));
        Refuses("second", () => TaskGroup.WhenAllAsync(One, none));
        Refuses("first", () => TaskGroup.WhenAllAsync(none, One, One));
        Refuses("second", () => TaskGroup.WhenAllAsync(One, none, One));
        Refuses("third", () => TaskGroup.WhenAllAsync(One, One, none));
        Refuses("first", () => TaskGroup.WhenAllAsync(none, One, One, One));
        Refuses("second", () => TaskGroup.WhenAllAsync(One, none, One, One));
        Refuses("third", () => TaskGroup.WhenAllAsync(One, One, none, One));
        Refuses("fourth", () => TaskGroup.WhenAllAsync(One, One, One, none));
        Refuses("first", () => TaskGroup.WhenAllAsync(none, One, One, One, One));
        Refuses("second", () => TaskGroup.WhenAllAsync(One, none, One, One, One));
        Refuses("third", () => TaskGroup.WhenAllAsync(One, One, none, One, One));
        Refuses("fourth", () => TaskGroup.WhenAllAsync(One, One, One, none, One));
        Refuses("fifth", () => TaskGroup.WhenAllAsync(One, One, One, One, none));

        static void Refuses(string argument, Func<Task> call) => Assert.Throws<ArgumentNullException>(argument, () => { _ = call(); });
    }

    [Fact]
    public void RaceAsync_NoOrNullContenders_SaysSo()
    {
        Assert.StartsWith("A race needs at least one contender.",
            Assert.Throws<ArgumentException>(static () => { _ = TaskGroup.RaceAsync<int>([]); }).Message);
        Assert.StartsWith("A contender is null.",
            Assert.Throws<ArgumentException>(static () => { _ = TaskGroup.RaceAsync<int>([null!]); }).Message);
    }

    [Fact]
    public async Task RaceAsync_LoserIsDisposable_IsDisposed()
    {
        var loser = new Disposable();
        var release = new TaskCompletionSource<Disposable>();
        var race = TaskGroup.RaceAsync([_ => release.Task, static _ => Task.FromResult(new Disposable())]);
        release.SetResult(loser);
        Assert.NotSame(loser, await race);
        Assert.Equal(1, loser.Disposals);
    }

    [Fact]
    public void RaceAsync_Hedged_ItsTimersAreDisposedAndTheLastContenderNeedsNone() => VirtualTime.Run(async time =>
    {
        var clock = new CountingClock(time.TimeProvider);
        var winner = await TaskGroup.RaceAsync(
            [async token => { await time.Delay(60, token); return 1; }, async token => { await time.Delay(1, token); return 2; }],
            TimeSpan.FromSeconds(5),
            timeProvider: clock);
        Assert.Equal(2, winner);
        Assert.Equal(6, time.Elapsed.TotalSeconds);
        Assert.Equal(1, clock.Made);
        Assert.Equal(0, clock.Live);
    });

    private sealed class Disposable : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
