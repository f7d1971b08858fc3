using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>A clock that throws is an error of the group, and keeps it neither from stopping nor from ending.</summary>
public sealed class BrokenClockTests
{
    [Fact]
    public async Task Stop_NoTimerForStuckChildren_TheGroupStopsAllTheSame()
    {
        var clock = new BrokenClock();
        var run = TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(Child.Forever);
                clock.TimersFail = true;
                group.Cancel();
            },
            new TaskGroupOptions { StuckChildWarningAfter = TimeSpan.FromMinutes(1), TimeProvider = clock });
        await HangGuard.WaitAsync(Outcome.OfAsync(run));
        (await Outcome.OfAsync(run)).FailsWith<NotSupportedException>();
    }

    [Fact]
    public async Task Start_NoTimestamp_TheChildRunsAndTheGroupEnds()
    {
        var clock = new BrokenClock { TimestampsFail = true };
        var ran = false;
        var run = TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(async _ =>
                {
                    await Task.Yield();
                    ran = true;
                });
            },
            new TaskGroupOptions { Name = "broken clock", TimeProvider = clock });
        await HangGuard.WaitAsync(Outcome.OfAsync(run));
        (await Outcome.OfAsync(run)).FailsWith<NotSupportedException>();
        Assert.True(ran);
    }

    [Fact]
    public async Task Start_NoTimerForADeadlock_TheChildIsInTheLine()
    {
        var clock = new BrokenClock { TimersFail = true };
        var ran = false;
        var run = TaskGroup.RunAsync(
            group => group.Start(async token =>
            {
                await Task.Yield();
                _ = group.Start(token =>
                {
                    ran = true;
                    return Task.CompletedTask;
                });
            }),
            new TaskGroupOptions { Name = "broken clock", MaxConcurrency = 1, TimeProvider = clock });
        await HangGuard.WaitAsync(Outcome.OfAsync(run));
        (await Outcome.OfAsync(run)).FailsWith<NotSupportedException>();
        Assert.True(ran);
    }

    [Fact]
    public async Task WaitAsync_NoTimer_FailsAndLeavesTheTasks()
    {
        var clock = new BrokenClock { TimersFail = true };
        var tasks = new[] { new TaskCompletionSource().Task, new TaskCompletionSource().Task };
        foreach (var until in new[] { WaitUntil.FirstCompleted, WaitUntil.AllCompleted })
        {
            var wait = TaskWait.WaitAsync(tasks, TimeSpan.FromMinutes(1), until, CancellationToken.None, clock);
            (await Outcome.OfAsync(wait)).FailsWith<NotSupportedException>();
        }
    }
}
