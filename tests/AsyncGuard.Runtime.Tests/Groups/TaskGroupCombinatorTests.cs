using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Groups;

public sealed class TaskGroupCombinatorTests
{
    [Fact]
    public void WhenAllAsync_Tuples_ResultsInOrderAndAtOnce() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var (a, b) = await TaskGroup.WhenAllAsync(After(2, "a"), After(1, 2));
        Assert.Equal(("a", 2), (a, b));
        Assert.Equal(2, time.Elapsed.TotalSeconds);
        Assert.Equal((1, "b", 3.0), await TaskGroup.WhenAllAsync(After(1, 1), After(2, "b"), After(0, 3.0)));
        Assert.Equal((1, 2, 3, 4), await TaskGroup.WhenAllAsync(After(1, 1), After(2, 2), After(0, 3), After(0, 4)));
        Assert.Equal((1, 2, 3, 4, 5), await TaskGroup.WhenAllAsync(After(1, 1), After(2, 2), After(0, 3), After(0, 4), After(1, 5)));
        var three = await TaskGroup.WhenAllAsync(default, After(3, 3), After(1, 1), After(2, 2));
        Assert.Equal([3, 1, 2], three);
        var two = await TaskGroup.WhenAllAsync([After(3, 1), After(1, 2)]);
        Assert.Equal([1, 2], two);

        Func<CancellationToken, Task<T>> After<T>(double seconds, T result) => async token =>
        {
            await time.Delay(seconds, token);
            return result;
        };
    });

    [Fact]
    public Task WhenAllAsync_OneFails_TheOthersAreCancelled() => Everywhere.HoldsAsync(async () =>
    {
        var cancelled = 0;
        async Task<int> Sleep(CancellationToken token)
        {
            try
            {
                await Child.Forever(token);
                return 1;
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref cancelled);
                throw;
            }
        }

        async Task<string> Fail(CancellationToken token)
        {
            await Child.Fails(token);
            return "";
        }

        (await Outcome.OfAsync(TaskGroup.WhenAllAsync(Sleep, Fail))).FailsWith<DivideByZeroException>();
        (await Outcome.OfAsync(TaskGroup.WhenAllAsync(default, Sleep, token => Child.Fails(token)))).FailsWith<DivideByZeroException>();
        Assert.Equal(2, cancelled);
    });

    [Fact]
    public async Task WhenAllAsync_FirstFailsSynchronously_TheRestIsNotCalled()
    {
        var called = false;
        (await Outcome.OfAsync(TaskGroup.WhenAllAsync(
            default,
            Child.FailsAtOnce,
            _ =>
            {
                called = true;
                return Task.CompletedTask;
            }))).FailsWith<DivideByZeroException>();
        Assert.False(called);
    }

    [Fact]
    public async Task WhenAllAsync_Cancelled_BeforehandOrLater()
    {
        using var source = new CancellationTokenSource();
        var pair = TaskGroup.WhenAllAsync(Sleep, Sleep, source.Token);
        var many = TaskGroup.WhenAllAsync(source.Token, Child.Forever, Child.Forever);
        source.Cancel();
        (await Outcome.OfAsync(pair)).IsCanceledBy(source.Token);
        (await Outcome.OfAsync(many)).IsCanceledBy(source.Token);
        (await Outcome.OfAsync(TaskGroup.WhenAllAsync(Sleep, Sleep, source.Token))).IsCanceledBy(source.Token);

        static async Task<int> Sleep(CancellationToken token)
        {
            await Child.Forever(token);
            return 1;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void MapAsync_AnyLimit_ResultsInSourceOrder(int limit) => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var running = 0;
        var most = 0;
        var results = await TaskGroup.MapAsync(
            Source(20),
            async (i, token) =>
            {
                most = Math.Max(most, ++running);
                await time.Delay(1 + i % 7, token);
                running--;
                return i * 10;
            },
            limit);
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => i * 10), results);
        Assert.Equal(limit is 0 or > 20 ? 20 : limit, most);

        Assert.Empty(await TaskGroup.MapAsync(Array.Empty<int>(), static (i, _) => Task.FromResult(i), limit));
        var copied = await TaskGroup.MapAsync(new List<int> { 1, 2 }, static (i, _) => Task.FromResult(i), limit);
        Assert.Equal([1, 2], copied);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public Task MapAsync_SelectorFails_OthersCancelledAndNoFurtherItemTaken(int limit) => Everywhere.HoldsAsync(async () =>
    {
        var started = 0;
        var outcome = await Outcome.OfAsync(TaskGroup.MapAsync(
            Source(10),
            async (i, token) =>
            {
                Interlocked.Increment(ref started);
                if (i == 1) await Child.Fails(token);
                await Child.Forever(token);
                return i;
            },
            limit));
        outcome.FailsWith<DivideByZeroException>();
        if (limit == 2) Assert.Equal(2, started);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task MapAsync_EnumerationFails_ItsErrorComesOut(int limit)
    {
        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new FormatException();
        }

        (await Outcome.OfAsync(TaskGroup.MapAsync(Broken(), async (_, token) => { await Child.Forever(token); return 1; },
            limit))).FailsWith<FormatException>();
        (await Outcome.OfAsync(TaskGroup.ForEachAsync(Broken(), static (_, token) => Child.Forever(token),
            limit))).FailsWith<FormatException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task ForEachAsync_SynchronousThrowAndNull_AreErrors(int limit)
    {
        // dotnet/runtime#58981 and #65963
        (await Outcome.OfAsync(TaskGroup.ForEachAsync(Source(5), static (_, _) => throw new FormatException(),
            limit))).FailsWith<FormatException>();
        (await Outcome.OfAsync(TaskGroup.ForEachAsync(Source(5), static (_, _) => null!, limit))).FailsWith<InvalidOperationException>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ForEachAsync_OuterCancel_CleanupErrorsAreNotLost(int limit) => VirtualTime.RunSeeds(20, async _ =>
    {
        // Parallel.ForEachAsync drops them and reports Canceled.
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.ForEachAsync(Source(2), static (_, token) => Child.FailsInCleanup(token), limit, outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).FailsWith(typeof(DivideByZeroException), typeof(DivideByZeroException));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ForEachAsync_AsyncSource_EveryItemOnceAndTheEnumeratorIsDisposed(int limit) =>
    VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var disposed = false;
        var seen = new List<int>();
        var running = 0;
        var most = 0;

        async IAsyncEnumerable<int> Items([EnumeratorCancellation] CancellationToken token = default)
        {
            try
            {
                for (var i = 0; i < 10; i++)
                {
                    await time.Delay(0.1, token);
                    yield return i;
                }
            }
            finally
            {
                disposed = true;
            }
        }

        await TaskGroup.ForEachAsync(
            Items(),
            async (i, token) =>
            {
                most = Math.Max(most, ++running);
                seen.Add(i);
                await time.Delay(5, token);
                running--;
            },
            limit);
        Assert.Equal(Enumerable.Range(0, 10), seen.Order());
        Assert.True(disposed);
        Assert.Equal(limit == 0 ? 10 : limit, most);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task ForEachAsync_AsyncSourceFailsOrIsCancelled_ComesOut(int limit)
    {
        static async IAsyncEnumerable<int> Broken()
        {
            await Task.Yield();
            yield return 1;
            throw new FormatException();
        }

        static async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken token = default)
        {
            yield return 1;
            await Child.Forever(token);
        }

        (await Outcome.OfAsync(TaskGroup.ForEachAsync(Broken(), static (_, token) => Child.Forever(token),
            limit))).FailsWith<FormatException>();
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.ForEachAsync(Endless(), static (_, _) => Task.CompletedTask, limit, outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
    }

    [Fact]
    public async Task ForEachAsync_LimitOfOneWithSynchronousItems_RunsInOrder()
    {
        var seen = new List<int>();
        await TaskGroup.ForEachAsync(
            Source(10_000),
            (i, _) =>
            {
                seen.Add(i);
                return Task.CompletedTask;
            },
            maxConcurrency: 1);
        Assert.Equal(Enumerable.Range(0, 10_000), seen);
    }

    [Fact]
    public void Combinators_BadArguments_Throw()
    {
        Assert.Throws<ArgumentNullException>(
            () => { _ = TaskGroup.MapAsync<int, int>((int[])null!, static (i, _) => Task.FromResult(i)); });
        Assert.Throws<ArgumentNullException>(() => { _ = TaskGroup.MapAsync<int, int>([], null!); });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => { _ = TaskGroup.MapAsync<int, int>([], static (i, _) => Task.FromResult(i), -1); });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => { _ = TaskGroup.ForEachAsync<int>(Array.Empty<int>(), static (_, _) => Task.CompletedTask, -1); });
        Assert.Throws<ArgumentNullException>(() => { _ = TaskGroup.WhenAllAsync(default, (Func<CancellationToken, Task>[])null!); });
        Assert.Throws<ArgumentException>(() => { _ = TaskGroup.RaceAsync<int>([]); });
        Assert.Throws<ArgumentException>(() => { _ = TaskGroup.RaceAsync<int>([null!]); });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => { _ = TaskGroup.RaceAsync<int>([static _ => Task.FromResult(1)], TimeSpan.FromSeconds(-1)); });
    }

    private static IEnumerable<int> Source(int count)
    {
        for (var i = 0; i < count; i++) yield return i;
    }
}
