using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Loop;

/// <summary>Delays without an end, and longer than time can count.</summary>
public sealed class EndlessDelayTests
{
    [Fact]
    public void CallLater_InfiniteOrLongerThanTime_NeverRuns() => VirtualTime.Run(async time =>
    {
        var ran = 0;
        var handles = new[]
        {
            time.Loop.CallLater(Timeout.InfiniteTimeSpan, () => ran++),
            time.Loop.CallLater(TimeSpan.MaxValue, () => ran++),
            time.Loop.CallAt(TimeSpan.MaxValue, () => ran++),
        };
        await time.Delay(3600);
        Assert.Equal(0, ran);
        Assert.Equal(3600, time.Elapsed.TotalSeconds);
        foreach (var handle in handles)
        {
            Assert.Equal(TimeSpan.MaxValue, handle.When);
            handle.Cancel();
        }
    });

    [Fact]
    public void CallLater_AfterTimeHasPassed_LongestDelayDoesNotOverflow() => VirtualTime.Run(async time =>
    {
        await time.Delay(1);
        var ran = false;
        time.Loop.CallLater(TimeSpan.MaxValue, () => ran = true);
        time.Loop.CallLater(TimeSpan.MaxValue - TimeSpan.FromDays(1), () => ran = true);
        await time.Delay(1);
        Assert.False(ran);
    });

    [Fact]
    public void CallLater_NegativeDelay_IsDueAtOnce() => VirtualTime.Run(async time =>
    {
        var ran = false;
        time.Loop.CallLater(TimeSpan.FromSeconds(-2), () => ran = true);
        await time.Delay(0.001);
        Assert.True(ran);
        Assert.Equal(0.001, time.Elapsed.TotalSeconds, 3);
    });

    [Fact]
    public void Run_OnlyAnEndlessTimerIsLeft_IsReportedAsADeadlock()
    {
        var error = Assert.ThrowsAny<Exception>(() => VirtualTime.Run(static async time =>
        {
            time.Loop.HangTimeout = TimeSpan.FromMilliseconds(100);
            time.Loop.CallLater(Timeout.InfiniteTimeSpan, static () => { });
            await new TaskCompletionSource().Task;
        }));
        Assert.Contains("Deadlock", error.ToString());
    }
}
