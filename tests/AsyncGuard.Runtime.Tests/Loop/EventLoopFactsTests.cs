using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Loop;

/// <summary>
/// What CPython's tests say of the loop, on virtual time under every order of the ready queue, and in real time on a thread of the pool.
/// </summary>
public sealed class EventLoopFactsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    [Fact]
    public Task CallSoon_EachCallback_RunsOnceAndNotInsideTheCall() => HoldsAsync(async loop =>
    {
        var ran = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            loop.CallSoon(() => ran.Add(number));
        }

        Assert.Empty(ran);
        await UntilAsync(() => ran.Count >= 5);
        Assert.Equal(Enumerable.Range(0, 5), ran.Order());
    });

    [Fact]
    public Task CallSoon_FromACallback_RunsInALaterIteration() => HoldsAsync(async loop =>
    {
        var inner = false;
        var ended = false;
        loop.CallSoon(() =>
        {
            loop.CallSoon(() => inner = true);
            Assert.False(inner);
            ended = true;
        });
        await UntilAsync(() => inner);
        Assert.True(ended);
    });

    [Fact]
    public Task CallLater_DifferentTimes_FireInTheirOrder() => HoldsAsync(async loop =>
    {
        var fired = new List<int>();
        loop.CallLater(3 * Tick, () => fired.Add(3));
        loop.CallLater(1 * Tick, () => fired.Add(1));
        loop.CallLater(2 * Tick, () => fired.Add(2));
        await UntilAsync(() => fired.Count == 3, loop);
        Assert.Equal([1, 2, 3], fired);
    });

    [Fact]
    public Task CallAt_NeverFiresBeforeItsTime() => HoldsAsync(async loop =>
    {
        var when = loop.Time + (3 * Tick);
        TimeSpan? fired = null;
        var handle = loop.CallAt(when, () => fired = loop.Time);
        Assert.Equal(when, handle.When);
        await UntilAsync(() => fired is not null, loop);
        Assert.True(fired >= when);
    });

    [Fact]
    public Task CallLater_PastTimes_FireWithoutWaiting() => HoldsAsync(async loop =>
    {
        var fired = 0;
        loop.CallLater(-Tick, () => fired++);
        loop.CallLater(TimeSpan.Zero, () => fired++);
        var guard = loop.CallLater(TimeSpan.FromHours(1), () => fired += 100);
        await UntilAsync(() => fired == 2);
        guard.Cancel();
    });

    [Fact]
    public Task CancelledTimers_AtTheHead_AreSkipped() => HoldsAsync(async loop =>
    {
        var fired = new List<int>();
        var first = loop.CallLater(Tick, () => fired.Add(1));
        loop.CallLater(2 * Tick, () => fired.Add(2));
        first.Cancel();
        await UntilAsync(() => fired.Count > 0, loop);
        Assert.Equal([2], fired);
    });

    [Fact]
    public Task TimerCallback_SchedulesAnother_BothRun() => HoldsAsync(async loop =>
    {
        var done = false;
        loop.CallLater(Tick, () => loop.CallSoon(() => loop.CallLater(Tick, () => done = true)));
        await UntilAsync(() => done, loop);
    });

    [Fact]
    public Task ManyCancelledTimers_ThoseLeftStillFire() => HoldsAsync(async loop =>
    {
        var fired = 0;
        var handles = Enumerable.Range(0, 250).Select(i => loop.CallLater(Tick * (i % 3), () => fired++)).ToArray();
        foreach (var handle in handles.Where(static (_, i) => i % 5 != 0)) handle.Cancel();
        await UntilAsync(() => fired >= 50, loop);
        Assert.Equal(50, fired);
    });

    [Fact]
    public Task CallbackThrows_TheOthersStillRun() => HoldsAsync(async loop =>
    {
        var errors = new List<Exception>();
        loop.UnhandledException += (_, e) => errors.Add(e.Exception);
        var ran = 0;
        loop.CallSoon(() => ran++);
        loop.CallSoon(static () => throw new FormatException());
        loop.CallLater(TimeSpan.Zero, static () => throw new InvalidCastException());
        loop.CallSoon(() => ran++);
        await UntilAsync(() => ran == 2 && errors.Count == 2);
        Assert.Equal([nameof(FormatException), nameof(InvalidCastException)], errors.Select(static e => e.GetType().Name).Order());
    });

    [Fact]
    public Task Await_AnywhereElse_ComesBackToTheLoop() => HoldsAsync(async loop =>
    {
        var thread = Environment.CurrentManagedThreadId;
        await Task.Run(static () => { });
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        Assert.Same(loop, EventLoop.Current);
    });

    [Fact]
    public Task Stop_TheCurrentIterationIsFinished() => HoldsAsync(_ =>
    {
        // On a loop of its own: the one around it must go on.
        var ran = 0;
        var thread = new Thread(() => Assert.Throws<InvalidOperationException>(() => EventLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            loop.CallSoon(loop.Stop);
            loop.CallSoon(() => ran++);
            await new TaskCompletionSource().Task;
        })));
        thread.Start();
        thread.Join();
        Assert.Equal(1, ran);
        return Task.CompletedTask;
    });

    private static async Task HoldsAsync(Func<EventLoop, Task> fact)
    {
        VirtualTime.RunSeeds(Everywhere.Seeds, time => fact(time.Loop));
        await HangGuard.WaitAsync(Task.Run(() => EventLoop.Run(() => fact(EventLoop.Current!))));
    }

    private static async Task UntilAsync(Func<bool> condition, EventLoop? timed = null)
    {
        while (!condition())
        {
            if (timed is null) await Task.Yield();
            else await Task.Delay(Tick, timed.TimeProvider);
        }
    }
}
