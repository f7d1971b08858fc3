using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Groups;

public sealed class TaskGroupOptionsTests
{
    [Fact]
    public void MaxConcurrency_MoreChildrenThanSlots_NeverMoreAtOnceAndInOrderOfStart() =>
    VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var running = 0;
        var most = 0;
        var order = new List<int>();
        await TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < 10; i++)
                {
                    var index = i;
                    _ = group.Start(async token =>
                    {
                        order.Add(index);
                        most = Math.Max(most, ++running);
                        await time.Delay(1, token);
                        running--;
                    });
                }

                Assert.Equal(3, group.RunningCount);
                Assert.Equal(7, group.WaitingCount);
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 3 });
        Assert.Equal(3, most);
        Assert.Equal(10, order.Count);
        Assert.Equal([0, 1, 2], order.Take(3));
        Assert.Equal(4, time.Elapsed.TotalSeconds);
        if (time.Seed is null) Assert.Equal(Enumerable.Range(0, 10), order);
    });

    [Fact]
    public async Task MaxConcurrency_ResultsAndFailuresOfWaitingChildren_ComeOutOfTheirTasks()
    {
        Task<int>? result = null;
        Task<int>? failure = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(Child.Yields);
                result = group.Start(static async _ => { await Task.Yield(); return 5; });
                failure = group.Start<int>(static async _ => { await Task.Yield(); throw new FormatException(); });
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 }));
        outcome.FailsWith<FormatException>();
        Assert.Equal(5, await result!);
        Assert.Same(outcome.Thrown, (await Outcome.OfAsync(failure!)).Thrown);
    }

    [Fact]
    public async Task MaxConcurrency_GroupStops_WaitingChildrenAreDroppedWithoutBeingCalled()
    {
        var called = false;
        Task? waiting = null;
        using var outer = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(_ => release.Task);
                waiting = group.Start(_ =>
                {
                    called = true;
                    return Task.CompletedTask;
                });
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 },
            outer.Token);
        outer.Cancel();
        release.SetResult();
        // The running child completed in spite of the request, but work was dropped for it.
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
        Assert.True(waiting!.IsCanceled);
        Assert.False(called);
    }

    [Fact]
    public async Task MaxConcurrency_SynchronousThrow_SlotIsReleased()
    {
        var ran = false;
        await Outcome.OfAsync(TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(Child.FailsAtOnce);
                await group.Start(_ =>
                {
                    ran = true;
                    return Task.CompletedTask;
                });
            },
            new TaskGroupOptions { MaxConcurrency = 1, Policy = TaskGroupPolicy.Supervise }));
        Assert.True(ran);
    }

    [Fact]
    public void MaxConcurrency_WaitingChild_StartsInItsStartersContext() => VirtualTime.RunSeeds(20, async time =>
    {
        await TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(async _ => await time.Delay(1));
                _ = group.Start(_ =>
                {
                    Assert.Same(time.Loop, SynchronizationContext.Current);
                    return Task.CompletedTask;
                });
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    });

    [Fact]
    public async Task TryStart_NoSlotOrStopping_SaysNo() => await TaskGroup.RunAsync(
        async group =>
        {
            var release = new TaskCompletionSource();
            Assert.True(group.TryStart(_ => release.Task, out var task));
            Assert.Same(release.Task, task);
            Assert.False(group.TryStart(Child.Yields, out var refused));
            Assert.Null(refused);
            release.SetResult();
            Assert.True(group.TryStart(Child.Yields, out var second));
            await second;
            group.Cancel();
            Assert.False(group.TryStart(Child.Yields, out _));
        },
        new TaskGroupOptions { MaxConcurrency = 1 });

    [Fact]
    public async Task TryStart_ChildrenWaitForASlot_DoesNotOvertakeThem() => await TaskGroup.RunAsync(
        async group =>
        {
            var release = new TaskCompletionSource();
            _ = group.Start(_ => release.Task);
            var waiting = group.Start(Child.Yields);
            Assert.False(group.TryStart(Child.Yields, out _));
            release.SetResult();
            await waiting;
        },
        new TaskGroupOptions { MaxConcurrency = 1 });

    [Fact]
    public void WaitForSlotAsync_FullGroup_CompletesWhenAChildLeaves() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                for (var i = 0; i < 6; i++)
                {
                    await group.WaitForSlotAsync();
                    Assert.True(group.RunningCount < 2);
                    _ = group.Start(async token => await time.Delay(1, token));
                    Assert.Equal(0, group.WaitingCount);
                }
            },
            new TaskGroupOptions { MaxConcurrency = 2 });
        Assert.Equal(3, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void WaitForSlotAsync_SeveralWaitersAndNoneStarts_NoneIsForgotten() => VirtualTime.RunSeeds(20, async time =>
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(async token => await time.Delay(1, token));
                var waits = Enumerable.Range(0, 3).Select(_ => group.WaitForSlotAsync().AsTask()).ToArray();
                Assert.DoesNotContain(waits, static wait => wait.IsCompleted);
                await Task.WhenAll(waits);
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    });

    [Fact]
    public async Task WaitForSlotAsync_CancelledOrStopped_EndsCanceled()
    {
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(
            async group =>
            {
                kept = group;
                await group.WaitForSlotAsync();
                _ = group.Start(Child.Forever);
                using var source = new CancellationTokenSource();
                var own = group.WaitForSlotAsync(source.Token).AsTask();
                var other = group.WaitForSlotAsync().AsTask();
                source.Cancel();
                (await Outcome.OfAsync(own)).IsCanceledBy(source.Token);
                (await Outcome.OfAsync(group.WaitForSlotAsync(source.Token).AsTask())).IsCanceledBy(source.Token);
                Assert.False(other.IsCompleted);
                group.Cancel();
                (await Outcome.OfAsync(other)).IsCanceledBy(group.CancellationToken);
                (await Outcome.OfAsync(group.WaitForSlotAsync().AsTask())).IsCanceledBy(group.CancellationToken);
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        (await Outcome.OfAsync(kept!.WaitForSlotAsync().AsTask())).FailsWith<InvalidOperationException>();
    }

    [Fact]
    public async Task WaitForSlotAsync_ChildEndsInsideCancel_StillEndsCanceled()
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                var child = new TaskCompletionSource();
                group.CancellationToken.Register(child.SetResult);
                _ = group.Start(_ => child.Task);
                var wait = group.WaitForSlotAsync().AsTask();
                group.Cancel();
                (await Outcome.OfAsync(wait)).IsCanceledBy(group.CancellationToken);
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MaxConcurrency_ChildrenWaitForTheirOwnGroup_IsReportedAfterTenSeconds(bool byBackPressure) =>
    VirtualTime.RunSeeds(20, async time =>
    {
        var reports = new List<string>();
        var options =
            new TaskGroupOptions { Name = "crawl", MaxConcurrency = 2, TimeProvider = time.TimeProvider, OnStuckChildren = reports.Add };
        var run = TaskGroup.RunAsync(
            async group =>
            {
                for (var i = 0; i < 2; i++) _ = group.Start(VisitAsync, "Visit", "/src/Crawler.cs", 7);
                await time.Delay(60);
                group.Cancel();

                async Task VisitAsync(CancellationToken token)
                {
                    await Task.Yield();
                    if (byBackPressure) await group.WaitForSlotAsync(token);
                    else await group.Start(static _ => Task.CompletedTask);
                }
            },
            options);
        await time.Delay(9);
        Assert.Empty(reports);
        (await Outcome.OfAsync(run)).Succeeds();
        Assert.Equal(
            "group 'crawl' may wait for itself: for 10 s all 2 slots have been held by children that started others or wait for a slot, "
                + $"and {(byBackPressure ? 0 : 2)} children wait behind them: Visit (Crawler.cs:7), Visit (Crawler.cs:7)",
            Assert.Single(reports));
    });

    [Fact]
    public void MaxConcurrency_ChildrenStartOthersAndEnd_IsNotReported() => VirtualTime.RunSeeds(20, async time =>
    {
        var reports = new List<string>();
        var options =
            new TaskGroupOptions { Name = "crawl", MaxConcurrency = 2, TimeProvider = time.TimeProvider, OnStuckChildren = reports.Add };
        var visited = 0;
        await TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(token => VisitAsync(4, token));
                return Task.CompletedTask;

                async Task VisitAsync(int depth, CancellationToken token)
                {
                    visited++;
                    for (var i = 0; i < 2 && depth > 0; i++) _ = group.Start(inner => VisitAsync(depth - 1, inner));
                    await time.Delay(8, token);
                }
            },
            options);
        Assert.Equal(31, visited);
        Assert.Empty(reports);
    });

    [Fact]
    public async Task WaitForSlotAsync_TheGroupEndsMeanwhile_Fails()
    {
        var release = new TaskCompletionSource();
        ValueTask wait = default;
        await TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(_ => release.Task);
                wait = group.WaitForSlotAsync();
                release.SetResult();
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        // The last child's slot became free before the group ended.
        await wait;
    }

    [Fact]
    public async Task MaxConcurrency_TrackedTaskEndsWhileAllSlotsAreTaken_NoneStarts()
    {
        var hot = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(_ => release.Task);
                group.Track(hot.Task);
                _ = group.Start(Child.Yields);
                hot.SetResult();
                Assert.Equal(1, group.RunningCount);
                Assert.Equal(1, group.WaitingCount);
                release.SetResult();
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    }

    [Fact]
    public async Task OnChildFailed_Throws_SiblingsAreCancelled()
        => await HangGuard.WaitAsync(Outcome.OfAsync(TaskGroup.RunAsync(
            static group =>
            {
                _ = group.Start(Child.Forever);
                _ = group.Start(Child.Fails);
                return Task.CompletedTask;
            },
            new TaskGroupOptions { Policy = TaskGroupPolicy.Supervise, OnChildFailed = static _ => throw new FormatException() })));

    [Fact]
    public async Task Supervise_ChildFails_SiblingsGoOnAndTheGroupFailsAtItsEnd()
    {
        Task<int>? other = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(Child.FailsAtOnce);
                Assert.False(group.IsCancellationRequested);
                other = group.Start(static async _ => { await Task.Yield(); return 3; });
                await other;
                _ = group.Start(static _ => throw new FormatException());
            },
            new TaskGroupOptions { Policy = TaskGroupPolicy.Supervise }));
        outcome.FailsWith(typeof(DivideByZeroException), typeof(FormatException));
        Assert.Equal(3, await other!);
    }

    [Fact]
    public async Task Supervise_BodyFails_ChildrenCancelled()
    {
        Task? child = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            group =>
            {
                child = group.Start(Child.Forever);
                throw new FormatException();
            },
            new TaskGroupOptions { Policy = TaskGroupPolicy.Supervise }));
        outcome.FailsWith<FormatException>();
        Assert.True(child!.IsCanceled);
    }

    [Fact]
    public async Task OnChildFailed_GetsEachFailureWithItsPlace_AndMayHandleIt()
    {
        var failures = new List<TaskGroupChildFailure>();
        await TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(Child.FailsAtOnce, name: "first");
                _ = group.Start(Child.Fails);
                await Task.Yield();
                Assert.False(group.IsCancellationRequested);
            },
            new TaskGroupOptions
            {
                Name = "x",
                OnChildFailed = failure =>
                {
                    lock (failures) failures.Add(failure);
                    failure.Handled = true;
                },
            });
        Assert.Equal(2, failures.Count);
        var first = Assert.Single(failures, static failure => failure.ChildName == "first");
        Assert.Equal("x", first.GroupName);
        Assert.IsType<DivideByZeroException>(first.Exception);
        Assert.EndsWith("TaskGroupOptionsTests.cs", first.File);
        Assert.True(first.Line > 0);
    }

    [Fact]
    public async Task OnChildFailed_Throws_BothErrorsAreKept()
        => (await Outcome.OfAsync(TaskGroup.RunAsync(
            group => group.Start(Child.FailsAtOnce),
            new TaskGroupOptions { OnChildFailed = static _ => throw new FormatException() })))
            .FailsWith(typeof(DivideByZeroException), typeof(FormatException));

    [Fact]
    public async Task OnChildFailed_NotHandled_TheGroupFails()
        => (await Outcome.OfAsync(TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(Child.FailsAtOnce);
                return Task.CompletedTask;
            },
            new TaskGroupOptions { OnChildFailed = static _ => { } })))
            .FailsWith<DivideByZeroException>();

    [Fact]
    public void Timeout_AtTheExactInstant_BodyAndChildrenCancelled() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(async token => await time.Delay(60, token));
                await time.Delay(60, group.CancellationToken);
            },
            new TaskGroupOptions { Timeout = TimeSpan.FromSeconds(2.5), TimeProvider = time.TimeProvider, Name = "x" }));
        outcome.FailsWith<TimeoutException>();
        Assert.Contains("group 'x'", outcome.Thrown!.Message);
        Assert.Equal(2.5, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void Timeout_ChildCrashesInCleanup_TheErrorWins() => VirtualTime.RunSeeds(20, async time =>
        (await Outcome.OfAsync(TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(Child.FailsInCleanup);
                return Task.CompletedTask;
            },
            new TaskGroupOptions { Timeout = TimeSpan.FromSeconds(1), TimeProvider = time.TimeProvider })))
            .FailsWith<DivideByZeroException>());

    [Fact]
    public void CancelAfter_Later_ReplacesAndTakesBack() => VirtualTime.RunSeeds(20, async time =>
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                group.CancelAfter(TimeSpan.FromSeconds(1));
                group.CancelAfter(TimeSpan.FromSeconds(3));
                await time.Delay(2);
                Assert.False(group.IsCancellationRequested);
                await time.Delay(60, group.CancellationToken);
            },
            new TaskGroupOptions { TimeProvider = time.TimeProvider });
        Assert.Equal(3, time.Elapsed.TotalSeconds);
        await TaskGroup.RunAsync(
            async group =>
            {
                group.CancelAfter(TimeSpan.FromSeconds(1));
                group.CancelAfter(Timeout.InfiniteTimeSpan);
                await time.Delay(10, group.CancellationToken);
            },
            new TaskGroupOptions { TimeProvider = time.TimeProvider });
        Assert.Equal(13, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public async Task CancelAfter_ZeroWithoutOptions_EndsTheGroup()
        => await HangGuard.WaitAsync(TaskGroup.RunAsync(async group =>
        {
            group.CancelAfter(TimeSpan.Zero);
            await Child.Forever(group.CancellationToken);
        }));

    [Fact]
    public void StuckChildren_IgnoreTheirToken_AreNamedOnce() => VirtualTime.RunSeeds(20, async time =>
    {
        var reports = new List<string>();
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(
            async group =>
            {
                kept = group;
                _ = group.Start(async _ => await time.Delay(60), name: "Poll");
                _ = group.Start(async _ => await time.Delay(5), name: "Quick");
                _ = group.Start(async token => await time.Delay(60, token), name: "Polite");
                await time.Delay(1);
                group.Cancel();
            },
            new TaskGroupOptions
            {
                Name = "x",
                TimeProvider = time.TimeProvider,
                StuckChildWarningAfter = TimeSpan.FromSeconds(10),
                OnStuckChildren = reports.Add,
            });
        var report = Assert.Single(reports);
        Assert.Matches(@"^group 'x': 1 of [23] children still running 10 s after cancel: Poll \(TaskGroupOptionsTests\.cs:\d+\)$", report);
        Assert.Equal(60, time.Elapsed.TotalSeconds);
        Assert.Equal("group 'x': Succeeded, 0 running, 0 waiting, body ended", kept!.ToString());
    });

    [Fact]
    public async Task ToString_RunningGroup_NamesTheChildren() => await TaskGroup.RunAsync(
        async group =>
        {
            var release = new TaskCompletionSource();
            _ = group.Start(_ => release.Task, name: "First");
            _ = group.Start(_ => release.Task);
            Assert.Matches(
                @"^group 'x': Running, 2 running, 0 waiting, body running: First \(TaskGroupOptionsTests\.cs:\d+\), TaskGroupOptionsTests\.cs:\d+$",
                group.ToString());
            Assert.Equal("x", group.Name);
            release.SetResult();
            await Task.Yield();
        },
        new TaskGroupOptions { Name = "x" });

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        var options = new TaskGroupOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxConcurrency = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Timeout = TimeSpan.FromMilliseconds(-2));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Timeout = TimeSpan.FromDays(50));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.StuckChildWarningAfter = TimeSpan.FromSeconds(-1));
        options.Timeout = Timeout.InfiniteTimeSpan;
        Assert.Equal(Timeout.InfiniteTimeSpan, options.Timeout);
    }

    [Fact]
    public async Task Options_ChangedLater_HaveNoEffect()
    {
        var options = new TaskGroupOptions { Name = "before" };
        await TaskGroup.RunAsync(
            group =>
            {
                options.Name = "after";
                Assert.Equal("before", group.Name);
                return Task.CompletedTask;
            },
            options);
    }
}
