using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Loop;

public sealed class EventLoopTests
{
    [Fact]
    public void Run_ResultAndException_ComeOutAsTheyAre()
    {
        Assert.Equal(3, EventLoop.Run(async () => { await Task.Yield(); return 3; }));
        Assert.Throws<FormatException>(() => EventLoop.Run(async () => { await Task.Yield(); throw new FormatException(); }));
        Assert.Throws<FormatException>(() => EventLoop.Run((Func<Task>)(static () => throw new FormatException())));
        Assert.Throws<TaskCanceledException>(() => EventLoop.Run(static () => Task.FromCanceled(new CancellationToken(true))));
        Assert.Throws<ArgumentNullException>(() => EventLoop.Run(null!));
    }

    [Fact]
    public void Run_AwaitsOfTheLoop_ComeBackToItsThread()
    {
        var outside = SynchronizationContext.Current;
        EventLoop.Run(async () =>
        {
            var thread = Environment.CurrentManagedThreadId;
            var loop = EventLoop.Current;
            Assert.NotNull(loop);
            await Task.Run(static () => { });
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            await Task.Delay(TimeSpan.FromMilliseconds(1), loop.TimeProvider);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            Assert.Same(loop, loop.CreateCopy());
        });
        Assert.Same(outside, SynchronizationContext.Current);
        Assert.Null(EventLoop.Current);
    }

    [Fact]
    public void Run_Nested_IsRefused()
        => EventLoop.Run(() =>
        {
            Assert.Throws<InvalidOperationException>(() => EventLoop.Run(static () => Task.CompletedTask));
            return Task.CompletedTask;
        });

    [Fact]
    public void CallSoon_FromACallback_RunsInTheNextIteration()
    {
        var order = new List<string>();
        EventLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            loop.CallSoon(() =>
            {
                order.Add("a");
                loop.CallSoon(() => order.Add("c"));
            });
            loop.CallSoon(() => order.Add("b"));
            while (order.Count < 3) await Task.Yield();
        });
        Assert.Equal(["a", "b", "c"], order);
    }

    [Fact]
    public void CallLater_DueTimes_OrderThem()
    {
        var order = new List<int>();
        EventLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            var done = new TaskCompletionSource();
            loop.CallLater(TimeSpan.FromMilliseconds(2), () => order.Add(3));
            loop.CallLater(TimeSpan.FromMilliseconds(-2), () => order.Add(2));
            loop.CallLater(TimeSpan.FromMilliseconds(-3), () => order.Add(1));
            var handle = loop.CallAt(loop.Time + TimeSpan.FromMilliseconds(3), () => { order.Add(4); done.SetResult(); });
            Assert.NotNull(handle.When);
            await done.Task;
        });
        Assert.Equal([1, 2, 3, 4], order);
    }

    [Fact]
    public void Cancel_Handle_DoesNotRun()
        => EventLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            var ran = false;
            var soon = loop.CallSoon(() => ran = true);
            var later = loop.CallLater(TimeSpan.Zero, () => ran = true);
            var same = loop.CallSoon(() => ran = true);
            loop.CallSoon(() => { });
            soon.Cancel();
            soon.Cancel();
            later.Cancel();
            same.Cancel();
            Assert.True(soon.IsCanceled && later.IsCanceled);
            Assert.Equal("cancelled callback", soon.ToString());
            for (var i = 0; i < 5; i++) await Task.Yield();
            Assert.False(ran);
        });

    [Fact]
    public void CallSoon_ExecutionContext_FlowsIn()
        => EventLoop.Run(async () =>
        {
            var local = new AsyncLocal<int> { Value = 1 };
            var seen = new List<int>();
            EventLoop.Current!.CallSoon(() => seen.Add(local.Value));
            local.Value = 2;
            EventLoop.Current!.CallLater(TimeSpan.Zero, () => seen.Add(local.Value));
            local.Value = 3;
            while (seen.Count < 2) await Task.Yield();
            Assert.Equal([1, 2], seen.Order());
        });

    [Fact]
    public void Callback_Throws_TheLoopGoesOnAndTheErrorComesOut()
    {
        var errors = new List<EventLoopErrorEventArgs>();
        EventLoop.Run(async () =>
        {
            EventLoop.Current!.UnhandledException += (_, e) => errors.Add(e);
            EventLoop.Current.CallSoon(ThrowFormat);
            AsyncVoid();
            await Task.Yield();
            await Task.Yield();
        });
        Assert.Equal([typeof(FormatException), typeof(InvalidCastException)], errors.Select(static e => e.Exception.GetType()));
        Assert.Equal("EventLoopTests.ThrowFormat", errors[0].Callback);

        var thrown = Assert.Throws<AggregateException>(() => EventLoop.Run(async () =>
        {
            EventLoop.Current!.CallSoon(ThrowFormat);
            await Task.Yield();
            await Task.Yield();
            throw new InvalidTimeZoneException();
        }));
        Assert.Equal([typeof(InvalidTimeZoneException), typeof(FormatException)], thrown.InnerExceptions.Select(static e => e.GetType()));

        static async void AsyncVoid()
        {
            await Task.Yield();
            throw new InvalidCastException();
        }
    }

    [Fact]
    public void Stop_BeforeTheEnd_IsAnError()
        => Assert.Throws<InvalidOperationException>(() => EventLoop.Run(async () =>
        {
            EventLoop.Current!.Stop();
            await new TaskCompletionSource().Task;
        }));

    [Fact]
    public void Debug_WrongThreadOrSlowCallback_IsReported()
    {
        var slow = new List<string>();
        var options =
            new EventLoopOptions { Debug = true, SlowCallbackDuration = TimeSpan.FromMilliseconds(20), OnSlowCallback = slow.Add };
        EventLoop.Run(
            async () =>
            {
                var loop = EventLoop.Current!;
                Assert.True(loop.Debug);
                await Task.Run(() =>
                {
                    Assert.Throws<InvalidOperationException>(() => { loop.CallSoon(() => { }); });
                    Assert.Throws<InvalidOperationException>(() => { loop.CallLater(TimeSpan.Zero, () => { }); });
                    loop.CallSoonThreadSafe(() => { });
                });
                await SleepAsync();
            },
            options);
        Assert.Contains(slow,
            static message => System.Text.RegularExpressions.Regex.IsMatch(message,
                @"^Executing EventLoopTests\.Debug_WrongThreadOrSlowCallback_IsReported\.SleepAsync took 0\.\d{3} seconds$"));

        static async Task SleepAsync()
        {
            await Task.Yield();
            Thread.Sleep(30); // The slow callback itself.
        }
    }

    [Fact]
    public void Send_FromAnotherThread_WaitsAndThrowsThere()
        => EventLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            var thread = Environment.CurrentManagedThreadId;
            loop.Send(_ => Assert.Equal(thread, Environment.CurrentManagedThreadId), null);
            await Task.Run(() =>
            {
                loop.Send(_ => Assert.Equal(thread, Environment.CurrentManagedThreadId), null);
                Assert.Throws<FormatException>(() => loop.Send(_ => throw new FormatException(), null));
            });
        });

    [Fact]
    public async Task Post_AfterTheEnd_RunsOnTheThreadPool()
    {
        EventLoop? loop = null;
        EventLoopLeftover? leftover = null;
        var ran = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        EventLoop.Run(
            () =>
            {
                loop = EventLoop.Current;
                loop!.CallLater(TimeSpan.FromHours(1), () => { });
                loop.CallLater(TimeSpan.FromHours(1), () => { }).Cancel();
                loop.CallSoon(() => loop.CallSoon(() => left.SetResult()));
                return Task.CompletedTask;
            },
            new EventLoopOptions { OnLeftover = l => leftover = l });
        loop!.Post(_ => ran.SetResult(), null);
        await HangGuard.WaitAsync(ran.Task);
        await HangGuard.WaitAsync(left.Task);
        Assert.Equal(1, leftover!.Timers);
        Assert.Equal(1, leftover.Callbacks);
    }

    [Fact]
    public void Timers_ManyCancelled_ArePurged()
    {
        var heap = new TimerHeap();
        EventLoop.Run(() =>
        {
            var loop = EventLoop.Current!;
            var handles = Enumerable.Range(0, 201)
                .Select(i => new LoopHandle(loop, () => { }) { When = TimeSpan.FromSeconds(201 - i), Sequence = i }).ToArray();
            foreach (var handle in handles) heap.Add(handle);
            for (var i = 0; i < 100; i++) CancelInHeap(handles[i]);
            heap.DropCancelled();
            Assert.Equal(201, heap.Count);
            CancelInHeap(handles[100]);
            heap.DropCancelled();
            Assert.Equal(100, heap.Count);
            Assert.Equal(0, heap.CancelledCount);
            CancelInHeap(handles[200]);
            heap.DropCancelled();
            Assert.Equal(99, heap.Count);
            var due = new List<TimeSpan>();
            while (heap.Count > 0) due.Add(heap.Take().When!.Value);
            Assert.Equal(due.Order(), due);
            return Task.CompletedTask;
        });

        void CancelInHeap(LoopHandle handle)
        {
            Assert.True(handle.TryMarkCancelled());
            heap.NoteCancelled();
        }
    }

    [Fact]
    public void TimeProvider_TimersAndTokens_FireOnTheLoop()
        => EventLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            var thread = Environment.CurrentManagedThreadId;
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(2), loop.TimeProvider);
            var fired = new TaskCompletionSource<int>();
            source.Token.Register(() => fired.SetResult(Environment.CurrentManagedThreadId));
            Assert.Equal(thread, await fired.Task);
            using var periodic = new PeriodicTimer(TimeSpan.FromMilliseconds(1), loop.TimeProvider);
            for (var i = 0; i < 3; i++) Assert.True(await periodic.WaitForNextTickAsync());
            await using var timer = loop.TimeProvider.CreateTimer(static _ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
            Assert.True(timer.Change(TimeSpan.FromHours(2), TimeSpan.Zero));
            timer.Dispose();
            Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
            Assert.True(Math.Abs((loop.TimeProvider.GetUtcNow() - DateTimeOffset.UtcNow).TotalSeconds) < 5);
        });

    private static void ThrowFormat() => throw new FormatException();
}
