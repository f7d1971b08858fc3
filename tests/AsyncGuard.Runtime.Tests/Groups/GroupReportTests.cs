using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>What a group says of itself and of its children: names, messages, reports.</summary>
[Collection(nameof(UnobservedCollection))]
public sealed class GroupReportTests
{
    [Fact]
    public void Record_InWords_NameAndPlace()
    {
        Assert.Equal("unnamed", new ChildRecord(null, null, 0).ToString());
        Assert.Equal("Poll", new ChildRecord("Poll", null, 0).ToString());
        Assert.Equal("Poll (Foo.cs)", new ChildRecord("Poll", "/src/Foo.cs", 0).ToString());
        Assert.Equal("Foo.cs:42", new ChildRecord(null, "/src/Foo.cs", 42).ToString());
        Assert.Equal("Poll (Foo.cs:42), running for 12.346 s",
            new BackgroundChild("Poll", "/src/Foo.cs", 42, TimeSpan.FromSeconds(12.3456)).ToString());
    }

    [Fact]
    public void DrainReport_InWords()
    {
        var a = new BackgroundChild("A", null, 0, TimeSpan.FromSeconds(1));
        var b = new BackgroundChild("B", null, 0, TimeSpan.FromSeconds(2));
        Assert.Equal("drained", new DrainReport(canceled: false, dropped: 0, []).ToString());
        Assert.Equal("drained after cancelling, 3 dropped", new DrainReport(canceled: true, dropped: 3, []).ToString());
        Assert.Equal("2 stuck after cancelling, 0 dropped: A, running for 1 s; B, running for 2 s",
            new DrainReport(canceled: true, dropped: 0, [a, b]).ToString());
    }

    [Fact]
    public async Task ToString_UnnamedGroupInEachState()
    {
        TaskGroup group = null!;
        var release = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            g =>
            {
                group = g;
                _ = g.Start(_ => release.Task);
                _ = g.Start(_ => release.Task);
                Assert.Equal("group: Running, 1 running, 1 waiting, body running", g.ToString());
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        Assert.Equal("group: Running, 1 running, 1 waiting, body ended", group.ToString());
        release.SetResult();
        await run;
        Assert.Equal("group: Succeeded, 0 running, 0 waiting, body ended", group.ToString());
    }

    [Fact]
    public async Task Refusals_NameTheGroup()
    {
        TaskGroup group = null!;
        await TaskGroup.RunAsync(
            g =>
            {
                group = g;
                g.Cancel();
                var stopping = Assert.Throws<OperationCanceledException>(() => { _ = g.Start(Child.Yields); });
                Assert.Equal("The group 'x' is stopping: nothing can be started in it any more.", stopping.Message);
                Assert.Equal(g.CancellationToken, stopping.CancellationToken);
                return Task.CompletedTask;
            },
            new TaskGroupOptions { Name = "x" });
        var ended = Assert.Throws<InvalidOperationException>(() => { _ = group.Start(Child.Yields); });
        Assert.Equal("The group 'x' has ended: nothing can be started in it any more.", ended.Message);
    }

    [Theory]
    [InlineData(null, "Errors in a task group. (")]
    [InlineData("x", "Errors in task group 'x'. (")]
    public async Task Aggregate_Exception_NamesTheGroup(string? name, string start)
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            static group => { _ = group.Start(Child.Fails); return Task.CompletedTask; },
            new TaskGroupOptions { Name = name, ErrorMode = TaskGroupErrorMode.Aggregate }));
        var exception = Assert.IsType<TaskGroupException>(outcome.Thrown);
        Assert.StartsWith(start, exception.Message);
        Assert.Equal(name, exception.GroupName);
    }

    [Fact]
    public async Task PromotedChild_IsOnRecord()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(_ => first.Task, name: "First");
                _ = group.Start(
                    _ =>
                    {
                        started.SetResult();
                        return second.Task;
                    },
                    name: "Second");
                Assert.Contains("First", group.ToString());
                Assert.DoesNotContain("Second", group.ToString());
                first.SetResult();
                await started.Task;
                Assert.DoesNotContain("First", group.ToString());
                Assert.Contains("Second", group.ToString());
                second.SetResult();
            },
            new TaskGroupOptions { Name = "x", MaxConcurrency = 1 });
    }

    [Fact]
    public void PromotedChild_IsSaidToRunSinceItDoes() => VirtualTime.Run(async time =>
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(_ => time.Delay(10));
                _ = group.Start(_ => time.Delay(10));
                await time.Delay(15);
                Assert.Equal(TimeSpan.FromSeconds(5), time.TimeProvider.GetElapsedTime(Assert.Single(group.Records()).StartedAt));
            },
            new TaskGroupOptions { Name = "x", MaxConcurrency = 1, TimeProvider = time.TimeProvider });
    });

    [Fact]
    public async Task Track_NamedAndRunning_IsOnRecordUntilItEnds()
    {
        var hot = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            group =>
            {
                group.Track(hot.Task, name: "Hot");
                Assert.Contains("1 running, 0 waiting, body running: Hot (", group.ToString());
                hot.SetResult();
                Assert.Equal("group 'x': Running, 0 running, 0 waiting, body running", group.ToString());
                return Task.CompletedTask;
            },
            new TaskGroupOptions { Name = "x" });
    }

    [Fact]
    public async Task Track_FailedAlready_TheGroupFails() => (await Outcome.OfAsync(TaskGroup.RunAsync(static group =>
    {
        group.Track(Task.FromException(new DivideByZeroException()));
    }))).FailsWith<DivideByZeroException>();

    [Fact]
    public void StuckChildren_Several_AreListedAndGoToTheEventSource() => VirtualTime.Run(async time =>
    {
        using var messages = new EventSourceMessages();
        var name = Guid.NewGuid().ToString();
        var clock = new CountingClock(time.TimeProvider);
        await TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(_ => time.Delay(60), "A", file: null);
                _ = group.Start(_ => time.Delay(60), "B", file: null);
                group.Cancel();
                return Task.CompletedTask;
            },
            new TaskGroupOptions { Name = name, TimeProvider = clock, StuckChildWarningAfter = TimeSpan.FromSeconds(1.23456) });
        Assert.Equal($"group '{name}': 2 of 2 children still running 1.235 s after cancel: A, B", Assert.Single(messages.Containing(name)));
        Assert.Equal(1, clock.Made);
        Assert.Equal(0, clock.Live);
    });

    [Fact]
    public void OnStuckChildren_Throws_ItsErrorIsTheGroups() => VirtualTime.Run(async time =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(_ => time.Delay(60));
                group.Cancel();
                return Task.CompletedTask;
            },
            new TaskGroupOptions
            {
                TimeProvider = time.TimeProvider,
                StuckChildWarningAfter = TimeSpan.FromSeconds(1),
                OnStuckChildren = static _ => throw new FormatException(),
            }));
        outcome.FailsWith<FormatException>();
    });

    [Fact]
    public void Deadlock_SuspectedButAChildHasLeftSince_IsNotReported() => VirtualTime.Run(async time =>
    {
        var reports = new List<string>();
        var clock = new CountingClock(time.TimeProvider);
        await TaskGroup.RunAsync(
            group =>
            {
                // Each starts the next, and goes on for five seconds: at any time the only slot is held by a starter.
                StartNext(3);
                return Task.CompletedTask;

                void StartNext(int more) => _ = group.Start(async _ =>
                {
                    if (more > 0) StartNext(more - 1);
                    await time.Delay(6);
                });
            },
            new TaskGroupOptions { Name = "x", MaxConcurrency = 1, TimeProvider = clock, OnStuckChildren = reports.Add });
        Assert.Empty(reports);
        Assert.Equal(24, time.Elapsed.TotalSeconds);
        Assert.Equal(0, clock.Live);
    });

    [Fact]
    public async Task Deadlock_NoRunningChildHasStartedAny_NoTimerIsSet()
    {
        var clock = new CountingClock(TimeProvider.System);
        foreach (var name in new[] { "x", null })
        {
            var release = new TaskCompletionSource();
            await TaskGroup.RunAsync(
                group =>
                {
                    _ = group.Start(_ => release.Task);
                    _ = group.Start(_ => release.Task);
                    var wait = group.WaitForSlotAsync();
                    Assert.False(wait.IsCompleted);
                    release.SetResult();
                    return wait.AsTask();
                },
                new TaskGroupOptions { Name = name, MaxConcurrency = 1, TimeProvider = clock });
        }

        Assert.Equal(0, clock.Made);
    }

    [Theory]
    [InlineData("named")]
    [InlineData(null)]
    public void UnobservedError_GoesToTheEventSourceWithTheGroupsName(string? group)
    {
        using var messages = new EventSourceMessages();
        var marker = Guid.NewGuid().ToString();
        TaskGroup.ReportUnobserved(group, new FormatException(marker));
        var message = Assert.Single(messages.Containing(marker));
        Assert.StartsWith((group ?? "") + "|System.FormatException: ", message);
    }

    [Fact]
    public void BackgroundGroup_Dropped_IsNotReportedAsLeaked()
    {
        using var unobserved = new UnobservedErrors();
        var weak = Drop();
        for (var i = 0; i < 10 && weak.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Empty(unobserved.Of("dropped"));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Drop() => new(new BackgroundTaskGroup(static _ => { }, new BackgroundTaskGroupOptions { Name = "dropped" }));
    }
}
