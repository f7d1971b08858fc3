using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>Shapes that users of other libraries look for.</summary>
public sealed class ApiAdditionTests
{
    [Fact]
    public async Task RunAsync_ActionWithOptions_AppliesThem()
    {
        string? name = null;
        await TaskGroup.RunAsync(group => { name = group.Name; }, new TaskGroupOptions { Name = "named" });
        Assert.Equal("named", name);
    }

    [Fact]
    public async Task RunAsync_StateAndResult_HandsBothOn()
        => Assert.Equal(42,
        await TaskGroup.RunAsync(static async (group, state) => await group.Start(static (state, _) => Task.FromResult(state * 2), state),
            21));

    [Fact]
    public async Task Start_SynchronousChild_RunsInPlaceAndItsErrorIsTheGroups()
    {
        var ran = false;
        (await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            Assert.True(group.Start(_ => { ran = true; }).IsCompletedSuccessfully);
            var failed = group.Start((Action<CancellationToken>)(static _ => throw new FormatException()));
            Assert.True(failed.IsFaulted);
        }))).FailsWith<FormatException>();
        Assert.True(ran);
    }

    [Fact]
    public async Task WhenAllAsync_ChildrenWithoutResults_TakeATokenLast()
    {
        using var outer = new CancellationTokenSource();
        await TaskGroup.WhenAllAsync(Child.Yields, Child.Yields, outer.Token);
        await TaskGroup.WhenAllAsync(Child.Yields, Child.Yields, Child.Yields, outer.Token);
        var run = TaskGroup.WhenAllAsync(Child.Forever, Child.Forever, outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void MapAsync_AsynchronousSource_ResultsInOrder(int limit) => VirtualTime.Run(async time =>
    {
        var results = await TaskGroup.MapAsync(
            Items(),
            async (i, token) =>
            {
                await time.Delay(5 - i, token);
                return i * 10;
            },
            limit);
        Assert.Equal([0, 10, 20, 30, 40], results);

        async IAsyncEnumerable<int> Items()
        {
            for (var i = 0; i < 5; i++)
            {
                await time.Delay(0.1);
                yield return i;
            }
        }
    });

    [Fact]
    public async Task Combinators_WithOptions_ApplyThem()
    {
        var options = new TaskGroupOptions { ErrorMode = TaskGroupErrorMode.Aggregate, MaxConcurrency = 1 };
        await Assert.ThrowsAsync<TaskGroupException>(() => TaskGroup.ForEachAsync([1], static (_, token) => Child.Fails(token), options));
        await Assert.ThrowsAsync<TaskGroupException>(
            () => TaskGroup.MapAsync<int, int>([1], static async (i, token) => { await Child.Fails(token); return i; }, options));
        var results = await TaskGroup.WhenAllAsync<int>([static _ => Task.FromResult(1), static _ => Task.FromResult(2)], options);
        Assert.Equal([1, 2], results);
    }

    [Fact]
    public async Task ForEachValueAsync_EachItemOnce()
    {
        var sum = 0;
        await TaskGroup.ForEachValueAsync(
            Enumerable.Range(1, 10),
            async (i, _) =>
            {
                await Task.Yield();
                Interlocked.Add(ref sum, i);
            },
            maxConcurrency: 3);
        Assert.Equal(55, sum);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void MapAsCompletedAsync_ResultsInOrderOfCompletion(int limit) => VirtualTime.Run(async time =>
    {
        var seen = new List<int>();
        await foreach (var result in TaskGroup.MapAsCompletedAsync([3, 1, 2],
            async (i, token) => { await time.Delay(i, token); return i; }, limit))
            seen.Add(result);
        Assert.Equal([1, 2, 3], seen);
    });

    [Fact]
    public async Task MapAsCompletedAsync_OneFails_TheErrorComesOutAfterTheResults()
    {
        var seen = new List<int>();
        await Assert.ThrowsAsync<DivideByZeroException>(async () =>
        {
            await foreach (var result in TaskGroup.MapAsCompletedAsync([1, 0], static (i, _) => Task.FromResult(1 / i))) seen.Add(result);
        });
        Assert.Equal([1], seen);
    }

    [Fact]
    public async Task MapAsCompletedAsync_LeftEarly_TheOthersAreCancelledAndWaitedFor()
    {
        var cancelled = 0;
        await foreach (var result in TaskGroup.MapAsCompletedAsync([0, 1, 2], async (i, token) =>
        {
            try
            {
                if (i > 0) await Child.Forever(token);
            }
            finally
            {
                if (i > 0) Interlocked.Increment(ref cancelled);
            }

            return i;
        }))
        {
            Assert.Equal(0, result);
            break;
        }

        Assert.Equal(2, cancelled);
    }

    [Fact]
    public async Task StopCause_SaysWhatStoppedTheGroup()
    {
        Assert.Equal(TaskGroupStopCause.None, await CauseAsync(static _ => { }));
        Assert.Equal(TaskGroupStopCause.Cancel, await CauseAsync(static group => group.Cancel()));
        Assert.Equal(TaskGroupStopCause.Error, await CauseAsync(static group => _ = group.Start(Child.FailsAtOnce)));
        using var outer = new CancellationTokenSource();
        Assert.Equal(TaskGroupStopCause.OuterToken, await CauseAsync(_ => outer.Cancel(), outer.Token));

        static async Task<TaskGroupStopCause> CauseAsync(Action<TaskGroup> body, CancellationToken token = default)
        {
            TaskGroup? group = null;
            await Outcome.OfAsync(TaskGroup.RunAsync(it => { group = it; body(it); }, token));
            return group!.StopCause;
        }
    }

    [Fact]
    public async Task ChildTask_IsAwaitable() => await TaskGroup.RunAsync(static async group =>
    {
        await group.StartCancellable(Child.Yields);
        Assert.Equal(7, await group.StartCancellable(static _ => Task.FromResult(7)));
    });

    [Fact]
    public async Task ReadySignal_WithoutAValue_ReleasesTheWait() => await TaskGroup.RunAsync(static async group =>
    {
        var gate = new TaskCompletionSource();
        await group.StartAndWaitReadyAsync(async (ready, _) =>
        {
            ready.Started();
            await gate.Task;
        });
        gate.SetResult();
        await Assert.ThrowsAsync<FormatException>(
            async () => await group.StartAndWaitReadyAsync(static (_, _) => throw new FormatException()));
    });

    [Fact]
    public async Task RaceAsync_Accepts_OnlyThatResultWins()
    {
        Assert.Equal(3,
            await TaskGroup.RaceAsync<int>([static _ => Task.FromResult(1), static _ => Task.FromResult(3)], static result => result > 2));
        await Assert.ThrowsAsync<InvalidOperationException>(
            static () => TaskGroup.RaceAsync<int>([static _ => Task.FromResult(1)], static _ => false));
        await Assert.ThrowsAsync<FormatException>(
            static () => TaskGroup.RaceAsync<int>([static _ => Task.FromResult(1)], static _ => throw new FormatException()));
    }

    [Fact]
    public void FirstAsync_SoManyResults_InOrderOfCompletion() => VirtualTime.Run(async time =>
    {
        var results = await TaskGroup.FirstAsync<int>([After(3), After(1), After(2)], 2);
        Assert.Equal([1, 2], results);
        Assert.Equal(2, time.Elapsed.TotalSeconds);
        Assert.Throws<ArgumentException>("contenders", () => { _ = TaskGroup.FirstAsync<int>([After(1)], 2); });
        Assert.Throws<ArgumentOutOfRangeException>("count", () => { _ = TaskGroup.FirstAsync<int>([After(1)], 0); });

        Func<CancellationToken, Task<int>> After(int seconds) => async token =>
        {
            await time.Delay(seconds, token);
            return seconds;
        };
    });

    [Fact]
    public async Task Cancellations_KeepTheOriginal()
    {
        using var outer = new CancellationTokenSource();
        var original = new OperationCanceledException("original", outer.Token);
        var deadline =
            await Outcome.OfAsync(Deadline.RunAsync(TimeSpan.FromDays(1), async _ => { await outer.CancelAsync(); throw original; },
            outer.Token));
        deadline.IsCanceledBy(outer.Token);
        Assert.Same(original, deadline.Thrown!.InnerException);
        var timeout = await Outcome.OfAsync(TaskGroup.RunAsync(
            static group => Child.Forever(group.CancellationToken), new TaskGroupOptions { Timeout = TimeSpan.FromMilliseconds(1) }));
        Assert.IsType<TaskCanceledException>(Assert.IsType<TimeoutException>(timeout.Thrown).InnerException);
    }
}
