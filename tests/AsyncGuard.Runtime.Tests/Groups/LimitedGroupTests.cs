using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>The line of a limited group: what a start costs, and in which order children begin.</summary>
[Collection(nameof(UnobservedCollection))]
public sealed class LimitedGroupTests
{
    private const int Starts = 10_000;

    // Far above what it is (1.5): a line that was looked through at each start made it a hundred times as much.
    private const double MostTimesAsMuch = 10;

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(0, "crawl")]
    [InlineData(1, "crawl")]
    [InlineData(2, "crawl")]
    public async Task WaitingChild_CancelledByItsHandle_EndsAtOnceAndTheOthersBeginInOrder(int which, string? name)
    {
        var begun = new List<int>();
        await TaskGroup.RunAsync(
            async group =>
            {
                var release = new TaskCompletionSource();
                _ = group.Start(_ => release.Task);
                var waiting = Enumerable.Range(0, 3).Select(number => group.StartCancellable(_ =>
                {
                    begun.Add(number);
                    return Task.CompletedTask;
                })).ToArray();
                waiting[which].Cancel();
                await HangGuard.WaitAsync(Outcome.OfAsync(waiting[which].Task), () => group);
                Assert.Equal(TaskStatus.Canceled, waiting[which].Status);
                Assert.Equal(2, group.WaitingCount);
                waiting[which].Cancel();
                Assert.Equal(2, group.WaitingCount);
                var last = group.Start(_ =>
                {
                    begun.Add(3);
                    return Task.CompletedTask;
                });
                release.SetResult();
                await HangGuard.WaitAsync(last, () => group);
            },
            new TaskGroupOptions { MaxConcurrency = 1, Name = name });
        Assert.Equal(Enumerable.Range(0, 4).Where(number => number != which), begun);
    }

    [Fact]
    public async Task WaitingChildren_StartedAndCancelledAgainAndAgain_KeepNoPlace()
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                var release = new TaskCompletionSource();
                _ = group.Start(_ => release.Task);
                var first = group.Start(Child.Yields);
                for (var i = 0; i < 1000; i++)
                {
                    var handle = group.StartCancellable<int>(static _ => throw new FormatException("must not run"));
                    handle.Cancel();
                    Assert.Equal(TaskStatus.Canceled, handle.Status);
                }

                Assert.Equal(1, group.WaitingCount);
                release.SetResult();
                await HangGuard.WaitAsync(first, () => group);
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    }

    [Fact]
    public async Task WaitingChild_IsTheLastOfTheGroup_ItsCancellationLetsTheGroupEnd()
    {
        ChildTask? handle = null;
        var release = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(_ => release.Task);
                handle = group.StartCancellable(static _ => throw new FormatException("must not run"));
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        handle!.Cancel();
        release.SetResult();
        await HangGuard.WaitAsync(run);
    }

    [Fact]
    public async Task WaitingForReady_CancelledInTheLine_EndsAtOnceAndTheChildIsNotCalled()
    {
        using var source = new CancellationTokenSource();
        await TaskGroup.RunAsync(
            async group =>
            {
                var release = new TaskCompletionSource();
                _ = group.Start(_ => release.Task);
                var ready = group.StartAndWaitReadyAsync(static (_, _) => throw new FormatException("must not run"), source.Token);
                Assert.Equal(1, group.WaitingCount);
                source.Cancel();
                (await Outcome.OfAsync(HangGuard.WaitAsync(ready.AsTask(), () => group))).IsCanceledBy(source.Token);
                Assert.Equal(0, group.WaitingCount);
                release.SetResult();
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    }

    [Fact]
    public async Task WaitingForReady_HasBegunMeanwhile_TheTokenCancelsTheChild()
    {
        using var source = new CancellationTokenSource();
        await TaskGroup.RunAsync(
            async group =>
            {
                var release = new TaskCompletionSource();
                _ = group.Start(_ => release.Task);
                var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var ready = group.StartAndWaitReadyAsync(
                    (_, token) =>
                    {
                        begun.SetResult();
                        return Child.Forever(token);
                    },
                    source.Token);
                release.SetResult();
                await HangGuard.WaitAsync(begun.Task, () => group);
                source.Cancel();
                (await Outcome.OfAsync(HangGuard.WaitAsync(ready.AsTask(), () => group))).IsCanceledBy(source.Token);
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    }

    [Fact]
    public async Task NamedLimitedGroup_ALongLine_CostsLittleMoreThanAnUnnamedOne()
    {
        var unnamed = TimeSpan.MaxValue;
        var named = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            unnamed = Shorter(unnamed, await StartsAsync(null));
            named = Shorter(named, await StartsAsync("import"));
        }

        Assert.True(named < unnamed * MostTimesAsMuch, $"{named} named, {unnamed} unnamed");
    }

    [Fact]
    public async Task BackgroundTaskGroup_ALongLine_CostsLittleMoreThanAnUnnamedGroup()
    {
        var unnamed = TimeSpan.MaxValue;
        var background = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            unnamed = Shorter(unnamed, await StartsAsync(null));
            var gate = new TaskCompletionSource();
            await using var group = new BackgroundTaskGroup(static _ => { }, new BackgroundTaskGroupOptions { MaxConcurrency = 8 });
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Starts; i++) group.Start(_ => gate.Task);
            background = Shorter(background, Stopwatch.GetElapsedTime(started));
            gate.SetResult();
            Assert.True((await group.DrainAsync(HangGuard.Limit)).Completed);
        }

        Assert.True(background < unnamed * MostTimesAsMuch, $"{background} in the background, {unnamed} unnamed");
    }

    [Fact]
    public async Task QueuedChildren_EachRunsUnderTheExecutionContextOfItsStart()
    {
        var local = new AsyncLocal<int>();
        var seen = new int[500];
        await TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < seen.Length; i++)
                {
                    local.Value = i + 1;
                    _ = group.Start(
                        async (i, _) =>
                        {
                            var before = local.Value;
                            await Task.Yield();
                            seen[i] = before == local.Value ? before : -1;
                        },
                        i);
                }

                local.Value = 0;
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 3 });
        Assert.Equal(Enumerable.Range(1, seen.Length), seen);
    }

    [Fact]
    public async Task QueuedChildren_EachTaskEndsAsItsOwnChildDid()
    {
        const int Count = 3000;
        var tasks = new Task<int>[Count];
        await TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < Count; i++) tasks[i] = group.Start(static (i, _) => EndAsync(i), i);
                return Task.CompletedTask;
            },
            new TaskGroupOptions
            {
                MaxConcurrency = 4,
                Policy = TaskGroupPolicy.Supervise,
                OnChildFailed = static failure => failure.Handled = true
            });
        for (var i = 0; i < Count; i++)
        {
            if (i % 3 == 1) Assert.Equal(i.ToString(), (await Assert.ThrowsAsync<FormatException>(() => tasks[i])).Message);
            else Assert.Equal(i, await tasks[i]);
        }

        static async Task<int> EndAsync(int i)
        {
            if (i % 2 == 0) await Task.Yield();
            return i % 3 == 1 ? throw new FormatException(i.ToString()) : i;
        }
    }

    private static TimeSpan Shorter(TimeSpan x, TimeSpan y) => x < y ? x : y;

    private static async Task<TimeSpan> StartsAsync(string? name)
    {
        var elapsed = TimeSpan.Zero;
        var gate = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            group =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < Starts; i++) _ = group.Start(async _ => await gate.Task);
                elapsed = Stopwatch.GetElapsedTime(started);
                gate.SetResult();
            },
            new TaskGroupOptions { MaxConcurrency = 8, Name = name });
        return elapsed;
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(4, "named")]
    public async Task LimitedGroup_ChildrenBeginInOrderOfTheirStart(int limit, string? name)
    {
        const int Children = 200;
        for (var round = 0; round < Soak.Times(60); round++)
        {
            var begun = 0;
            var order = new int[Children];
            await HangGuard.WaitAsync(TaskGroup.RunAsync(
                group =>
                {
                    for (var i = 0; i < Children; i++)
                    {
                        var number = i;
                        _ = group.Start(async _ =>
                        {
                            order[Interlocked.Increment(ref begun) - 1] = number;
                            await Task.Yield();
                        });
                    }

                    return Task.CompletedTask;
                },
                new TaskGroupOptions { MaxConcurrency = limit, Name = name }));
            Assert.Equal(Enumerable.Range(0, Children), order);
        }
    }

    [Fact]
    public async Task LimitedGroup_QueuedChildrenThatDoNotSuspend_NeedNoStack()
    {
        const int Children = 100_000;
        var done = 0;
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(_ => gate.Task);
                for (var i = 0; i < Children; i++)
                {
                    _ = group.Start(_ =>
                    {
                        done++;
                        return Task.CompletedTask;
                    });
                }

                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        gate.SetResult();
        await HangGuard.WaitAsync(run);
        Assert.Equal(Children, done);
    }

    [Fact]
    public async Task LimitedGroup_ChildStartsAnotherWithSlotsFree_TheOtherRunsAtOnce()
    {
        var gate = new TaskCompletionSource();
        var ranAtOnce = false;
        var run = TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(_ => gate.Task);
                _ = group.Start(_ => gate.Task);
                _ = group.Start(_ =>
                {
                    ranAtOnce = group.Start(static _ => Task.CompletedTask).IsCompleted;
                    return Task.CompletedTask;
                });
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 2 });
        gate.SetResult();
        await HangGuard.WaitAsync(run);
        Assert.True(ranAtOnce);
    }
}
