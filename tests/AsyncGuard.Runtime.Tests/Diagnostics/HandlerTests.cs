using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Diagnostics;

/// <summary>A handler that throws keeps no other handler from its report.</summary>
public sealed class HandlerTests
{
    [Fact]
    public async Task UnobservedChildException_AHandlerThrows_TheOthersAreCalled()
    {
        var name = Guid.NewGuid().ToString();
        static void Broken(object? sender, UnobservedChildExceptionEventArgs e) => throw new InvalidCastException();
        TaskGroup.UnobservedChildException += Broken;
        try
        {
            using var errors = new UnobservedErrors();
            await using (var scope = TaskGroup.Open(new TaskGroupOptions { Name = name })) _ = scope.Start(Child.FailsAtOnce);
            Assert.IsType<DivideByZeroException>(Assert.Single(errors.Of(name)));
        }
        finally
        {
            TaskGroup.UnobservedChildException -= Broken;
        }
    }

    [Fact]
    public async Task AbandonedException_AHandlerThrows_TheOthersAreCalled()
    {
        var marker = Guid.NewGuid().ToString();
        var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        static void Broken(object? sender, AbandonedExceptionEventArgs e) => throw new InvalidCastException();
        void Report(object? sender, AbandonedExceptionEventArgs e)
        {
            if (e.Exception.Message == marker) reported.TrySetResult();
        }

        Shield.AbandonedException += Broken;
        Shield.AbandonedException += Report;
        try
        {
            using var source = new CancellationTokenSource();
            var gate = new TaskCompletionSource();
            var run = Shield.RunAsync(
                async _ =>
                {
                    await gate.Task;
                    throw new FormatException(marker);
                },
                source.Token);
            source.Cancel();
            (await Outcome.OfAsync(run)).IsCanceledBy(source.Token);
            gate.SetResult();
            await HangGuard.WaitAsync(reported.Task);
        }
        finally
        {
            Shield.AbandonedException -= Broken;
            Shield.AbandonedException -= Report;
        }
    }

    [Fact]
    public async Task Slow_AHandlerThrows_TheOthersAndTheLogAreCalled()
    {
        var lines = new List<object?>();
        using var monitor = SlowCallbackMonitor.Start(
            new SlowCallbackOptions
            {
                Threshold = TimeSpan.FromMilliseconds(1),
                HeartbeatInterval = Timeout.InfiniteTimeSpan,
                Log = (_, arguments) => lines.Add(arguments[0]),
            });
        var seen = 0;
        monitor.Slow += static _ => throw new InvalidCastException();
        monitor.Slow += _ => seen++;
        await monitor.RunAsync(static () =>
        {
            Thread.Sleep(5);
            return Task.CompletedTask;
        });
        Assert.Equal(1, seen);
        Assert.Single(lines);
    }

    [Fact]
    public void UnhandledException_AHandlerThrows_TheOthersAreCalledAndItsErrorComesOut()
    {
        var seen = new List<Exception>();
        var error = Assert.Throws<AggregateException>(() => EventLoop.Run(async () =>
        {
            EventLoop.Current!.UnhandledException += static (_, _) => throw new InvalidCastException();
            EventLoop.Current!.UnhandledException += (_, e) => seen.Add(e.Exception);
            EventLoop.Current!.CallSoon(static () => throw new FormatException());
            await Task.Yield();
            await Task.Yield();
        }));
        Assert.IsType<InvalidCastException>(Assert.Single(error.InnerExceptions));
        Assert.IsType<FormatException>(Assert.Single(seen));
    }

    [Fact]
    public void OnSlowCallback_Throws_TheLoopGoesOnAndTheErrorComesOut()
    {
        var wentOn = false;
        var options = new EventLoopOptions
        {
            Debug = true,
            SlowCallbackDuration = TimeSpan.FromMilliseconds(1),
            OnSlowCallback = static _ => throw new InvalidCastException(),
        };
        var error = Assert.Throws<AggregateException>(() => EventLoop.Run(
            async () =>
            {
                EventLoop.Current!.SlowCallbackDuration = TimeSpan.FromMilliseconds(1);
                EventLoop.Current!.CallSoon(static () => Thread.Sleep(5));
                await Task.Yield();
                await Task.Yield();
                EventLoop.Current!.SlowCallbackDuration = TimeSpan.FromMinutes(1);
                wentOn = true;
            },
            options));
        Assert.All(error.InnerExceptions, static inner => Assert.IsType<InvalidCastException>(inner));
        Assert.True(wentOn);
    }

    [Fact]
    public void OnLeftover_Throws_TheMainFunctionsErrorIsNotLost()
    {
        var options = new EventLoopOptions { OnLeftover = static _ => throw new InvalidCastException() };
        var error = Assert.Throws<AggregateException>(() => EventLoop.Run(
            async () =>
            {
                EventLoop.Current!.CallLater(TimeSpan.FromMinutes(1), static () => { });
                await Task.Yield();
                throw new FormatException();
            },
            options));
        Assert.Equal([typeof(FormatException), typeof(InvalidCastException)],
            error.InnerExceptions.Select(static inner => inner.GetType()));
    }

    [Fact]
    public async Task UnhandledException_CallbackAfterTheEnd_GoesToTheHandler()
    {
        var seen = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        EventLoop? loop = null;
        EventLoop.Run(() =>
        {
            loop = EventLoop.Current!;
            loop.UnhandledException += (_, e) => seen.TrySetResult(e.Exception);
            return Task.CompletedTask;
        });
        loop!.CallSoonThreadSafe(static () => throw new FormatException());
        Assert.IsType<FormatException>(await HangGuard.WaitAsync(seen.Task));
    }
}
