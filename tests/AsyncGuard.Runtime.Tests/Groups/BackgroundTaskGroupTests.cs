using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

[Collection(nameof(UnobservedCollection))]
public sealed class BackgroundTaskGroupTests
{
    private readonly ConcurrentQueue<TaskGroupChildFailure> _failures = new();

    [Fact]
    public async Task Start_Children_OutliveTheirStarterAndAreDrained()
    {
        await using var group = new BackgroundTaskGroup(_failures.Enqueue);
        var release = Signal();
        var ended = 0;
        for (var i = 0; i < 5; i++)
        {
            group.Start(async _ =>
            {
                await release.Task;
                Interlocked.Increment(ref ended);
            });
        }

        var drain = group.DrainAsync(TimeSpan.FromMinutes(1));
        Assert.False(drain.IsCompleted);
        Assert.False(group.TryStart(Child.Yields));
        Assert.Throws<InvalidOperationException>(() => group.Start(Child.Yields));
        await Assert.ThrowsAsync<InvalidOperationException>(() => group.StartAsync(Child.Yields));
        release.SetResult();
        var report = await HangGuard.WaitAsync(drain);
        Assert.True(report.Completed);
        Assert.False(report.Canceled);
        Assert.Equal("drained", report.ToString());
        Assert.Equal(5, ended);
        Assert.True((await group.DrainAsync(TimeSpan.Zero)).Completed);
    }

    [Fact]
    public async Task Start_ChildFails_TheHandlerRunsOnceAndOthersGoOn()
    {
        await using var group = new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { Name = "mail" });
        var release = Signal();
        var survived = false;
        group.Start(async _ =>
        {
            await release.Task;
            survived = true;
        });
        group.Start(static _ => throw new FormatException(), name: "send");
        group.Start(static _ => throw new OperationCanceledException("a time-out of its own"));
        await WaitUntilAsync(group, running: 1);
        release.SetResult();
        Assert.True((await HangGuard.WaitAsync(group.DrainAsync(TimeSpan.FromMinutes(1)))).Completed);
        Assert.True(survived);
        Assert.Equal(2, _failures.Count);
        var failure = Assert.Single(_failures, static failure => failure.Exception is FormatException);
        Assert.Equal("send", failure.ChildName);
        Assert.Equal("mail", failure.GroupName);
    }

    [Fact]
    public async Task Handler_Throws_BothErrorsGoToTheEvent()
    {
        using var unobserved = new UnobservedErrors();
        await using var group =
            new BackgroundTaskGroup(static _ => throw new InvalidCastException(), new BackgroundTaskGroupOptions { Name = "bad handler" });
        group.Start(static _ => throw new FormatException());
        Assert.True((await HangGuard.WaitAsync(group.DrainAsync(TimeSpan.FromMinutes(1)))).Completed);
        Assert.Equal([typeof(FormatException), typeof(InvalidCastException)],
            unobserved.Of("bad handler").Select(static error => error.GetType()));
    }

    [Fact]
    public async Task DrainAsync_TimeIsOver_CancelsAndNamesTheStuck()
    {
        var release = Signal();
        var polite = Signal();
        var bothRun = new CountdownEvent(2);
        await using var group = new BackgroundTaskGroup(
            _failures.Enqueue,
            new BackgroundTaskGroupOptions { Name = "x", MaxConcurrency = 2, CancelGrace = TimeSpan.FromMilliseconds(20) });
        group.Start(
            _ =>
            {
                bothRun.Signal();
                return release.Task;
            },
            name: "Poll");
        group.Start(
            async token =>
            {
                bothRun.Signal();
                try
                {
                    await Child.Forever(token);
                }
                finally
                {
                    polite.SetResult();
                }
            },
            name: "Polite");
        group.Start(static _ => throw new InvalidOperationException("must not run"), name: "Waiting");
        Assert.Equal(1, group.WaitingCount);
        Assert.Equal(["Poll", "Polite"], group.Running.Select(static child => child.Name));
        await BlockingWork.RunAsync(bothRun.Wait);
        var report = await HangGuard.WaitAsync(group.DrainAsync(TimeSpan.Zero));
        await polite.Task;
        Assert.True(report.Canceled);
        Assert.Equal(1, report.Dropped);
        var stuck = Assert.Single(report.Stuck);
        Assert.Equal("Poll", stuck.Name);
        Assert.EndsWith("BackgroundTaskGroupTests.cs", stuck.File);
        Assert.True(stuck.Line > 0 && stuck.RunningFor > TimeSpan.Zero);
        Assert.Matches(@"^1 stuck after cancelling, 1 dropped: Poll \(BackgroundTaskGroupTests\.cs:\d+\), running for [\d.]+ s$",
            report.ToString());
        release.SetResult();
        Assert.True((await HangGuard.WaitAsync(group.DrainAsync(TimeSpan.FromMinutes(1)))).Completed);
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task DrainAsync_Token_ShortensTheWait()
    {
        using var stop = new CancellationTokenSource();
        await using var group = new BackgroundTaskGroup(_failures.Enqueue);
        group.Start(Child.Forever);
        var drain = group.DrainAsync(Timeout.InfiniteTimeSpan, stop.Token);
        Assert.False(drain.IsCompleted);
        Assert.False(group.CancellationToken.IsCancellationRequested);
        stop.Cancel();
        var report = await HangGuard.WaitAsync(drain);
        Assert.True(report.Completed && report.Canceled);
    }

    [Fact]
    public async Task Capacity_Full_RefusesOrWaits()
    {
        var release = Signal();
        await using var group =
            new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { Capacity = 2, MaxConcurrency = 1 });
        group.Start(_ => release.Task);
        group.Start(_ => release.Task);
        Assert.False(group.TryStart(Child.Yields));
        Assert.Throws<InvalidOperationException>(() => group.Start(Child.Yields));
        var waiting = group.StartAsync(Child.Yields);
        using var source = new CancellationTokenSource();
        var cancelled = group.StartAsync(Child.Yields, source.Token);
        source.Cancel();
        (await Outcome.OfAsync(cancelled)).IsCanceledBy(source.Token);
        Assert.False(waiting.IsCompleted);
        release.SetResult();
        await HangGuard.WaitAsync(waiting);
        Assert.True((await HangGuard.WaitAsync(group.DrainAsync(TimeSpan.FromMinutes(1)))).Completed);
    }

    [Fact]
    public async Task Capacity_DrainWhileWaitingForRoom_IsRefused()
    {
        var release = Signal();
        await using var group = new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { Capacity = 1 });
        group.Start(_ => release.Task);
        var waiting = group.StartAsync(Child.Yields);
        var drain = group.DrainAsync(TimeSpan.FromMinutes(1));
        (await Outcome.OfAsync(waiting)).FailsWith<InvalidOperationException>();
        release.SetResult();
        Assert.True((await HangGuard.WaitAsync(drain)).Completed);
    }

    [Fact]
    public async Task DisposeAsync_CancelsAndWaits()
    {
        var ended = false;
        await using (var group = new BackgroundTaskGroup(_failures.Enqueue))
        {
            var started = Signal();
            group.Start(async token =>
            {
                started.SetResult();
                try
                {
                    await Child.Forever(token);
                }
                finally
                {
                    await Child.Stubborn(3);
                    ended = true;
                }
            });
            await started.Task;
        }

        Assert.True(ended);
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task Start_ManyShortChildren_NothingIsKeptOfThem()
    {
        await using var group = new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { Capacity = 64 });
        await RunAsync(1000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(100_000);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 1_000_000, $"{grown} bytes after 100,000 children");

        async Task RunAsync(int count)
        {
            for (var i = 0; i < count; i++) await group.StartAsync(static _ => Task.CompletedTask);
            await WaitUntilAsync(group, running: 0);
        }
    }

    [Fact]
    public async Task StartAsync_Unlimited_TakesTheWorkAtOnce()
    {
        await using var group = new BackgroundTaskGroup(_failures.Enqueue);
        var ran = Signal();
        Assert.True(group.StartAsync(_ => { ran.SetResult(); return Task.CompletedTask; }).IsCompletedSuccessfully);
        await HangGuard.WaitAsync(ran.Task);
    }

    [Fact]
    public async Task StartAsync_TokenCancelledBeforehand_TheWorkIsNotCalled()
    {
        await using var group = new BackgroundTaskGroup(_failures.Enqueue);
        var token = new CancellationToken(canceled: true);
        (await Outcome.OfAsync(group.StartAsync(static _ => throw new FormatException("must not run"), token))).IsCanceledBy(token);
        Assert.True((await HangGuard.WaitAsync(group.DrainAsync(TimeSpan.FromMinutes(1)))).Completed);
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task StartAsync_Bounded_CountsWhatItTakes()
    {
        var release = Signal();
        await using var group = new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { Name = "x", Capacity = 1 });
        await group.StartAsync(_ => release.Task);
        Assert.False(group.TryStart(Child.Yields));
        var full = Assert.Throws<InvalidOperationException>(() => group.Start(Child.Yields));
        Assert.Equal("The background group 'x' is full: its capacity is 1.", full.Message);
        release.SetResult();
    }

    [Fact]
    public async Task Start_NoName_MessagesHaveNone()
    {
        await using var full = new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { Capacity = 1 });
        full.Start(static token => Task.Delay(Timeout.Infinite, token));
        Assert.Equal("The background group is full: its capacity is 1.",
            Assert.Throws<InvalidOperationException>(() => full.Start(Child.Yields)).Message);
        full.Cancel();
        Assert.Equal("The background group is draining or has been canceled: it takes no more work.",
            Assert.Throws<InvalidOperationException>(() => full.Start(Child.Yields)).Message);
    }

    [Fact]
    public async Task Cancel_RefusesWorkAndThoseWhoWaitForRoom()
    {
        var release = Signal();
        await using var group = new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { Name = "x", Capacity = 1 });
        var started = Signal();
        group.Start(_ => { started.SetResult(); return release.Task; });
        await started.Task;
        var waiting = group.StartAsync(Child.Yields);
        group.Cancel();
        const string Message = "The background group 'x' is draining or has been canceled: it takes no more work.";
        Assert.Equal(Message, (await Outcome.OfAsync(HangGuard.WaitAsync(waiting))).Thrown!.Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => group.Start(Child.Yields)).Message);
        Assert.True(group.CancellationToken.IsCancellationRequested);
        release.SetResult();
    }

    [Fact]
    public async Task Start_UnderAContext_NothingComesBackToIt()
    {
        var context = new CountingContext();
        var release = Signal();
        await using var group = new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { MaxConcurrency = 1 });
        var own = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            group.Start(_ => release.Task);
            group.Start(static async _ => await Task.Yield());
            Assert.Same(context, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(own);
        }

        release.SetResult();
        Assert.True((await HangGuard.WaitAsync(group.DrainAsync(TimeSpan.FromMinutes(1)))).Completed);
        Assert.Equal(0, context.Calls);
    }

    [Fact]
    public async Task DrainAsync_ACallbackOfTheTokenFailed_IsReportedOnce()
    {
        using var unobserved = new UnobservedErrors();
        await using var group = new BackgroundTaskGroup(_failures.Enqueue, new BackgroundTaskGroupOptions { Name = "bad callback" });
        group.CancellationToken.Register(static () => throw new FormatException());
        group.Start(Child.Forever);
        group.Cancel();
        for (var i = 0; i < 2; i++)
            Assert.True((await HangGuard.WaitAsync(group.DrainAsync(i == 0 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero))).Completed);
        Assert.IsType<FormatException>(Assert.Single(unobserved.Of("bad callback")));
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task WaitUntilAsync(BackgroundTaskGroup group, int running)
        => await HangGuard.WaitAsync(Task.Run(async () =>
        {
            while (group.RunningCount != running) await Task.Yield();
        }));
}
