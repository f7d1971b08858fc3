using System;
using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Shielding;

[Collection(nameof(UnobservedCollection))]
public sealed class ShieldTests
{
    [Fact]
    public async Task WaitAsync_Result_PassesThrough()
    {
        using var waiter = new CancellationTokenSource();
        var inner = new TaskCompletionSource<int>();
        var wait = Shield.WaitAsync(inner.Task, waiter.Token);
        inner.SetResult(42);
        Assert.Equal(42, await wait);
    }

    [Fact]
    public async Task WaitAsync_Exception_IsTheSameInstance()
    {
        using var waiter = new CancellationTokenSource();
        var inner = new TaskCompletionSource();
        var wait = Shield.WaitAsync(inner.Task, waiter.Token);
        var error = new FormatException();
        inner.SetException(error);
        Assert.Same(error, (await Outcome.OfAsync(wait)).Thrown);
    }

    [Fact]
    public async Task WaitAsync_InnerCancelled_TheWaitIsCancelled()
    {
        using var waiter = new CancellationTokenSource();
        var inner = new TaskCompletionSource<int>();
        var wait = Shield.WaitAsync(inner.Task, waiter.Token);
        inner.SetCanceled(CancellationToken.None);
        Assert.Equal(TaskStatus.Canceled, (await Outcome.OfAsync(wait)).Status);
    }

    [Fact]
    public async Task WaitAsync_WaiterCancelled_OnlyTheWaitEnds()
    {
        using var waiter = new CancellationTokenSource();
        var inner = new TaskCompletionSource<int>();
        var wait = Shield.WaitAsync(inner.Task, waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        Assert.False(inner.Task.IsCompleted);
        inner.SetResult(1);
        Assert.Equal(1, await inner.Task);
    }

    [Fact]
    public void WaitAsync_CompletedTaskOrNoToken_IsTheTaskItself()
    {
        var done = Task.FromResult(1);
        Assert.Same(done, Shield.WaitAsync(done, new CancellationToken(canceled: true)));
        Task untyped = done;
        Assert.Same(untyped, Shield.WaitAsync(untyped, new CancellationToken(canceled: true)));
        var pending = new TaskCompletionSource<int>().Task;
        Assert.Same(pending, Shield.WaitAsync(pending, CancellationToken.None));
        Assert.Throws<ArgumentNullException>(() => { _ = Shield.WaitAsync(null!, default); });
        Assert.Throws<ArgumentNullException>(() => { _ = Shield.WaitAsync<int>(null!, default); });
    }

    [Fact]
    public void WaitAsync_ManyCancelledWaits_LeaveNothingOnTheTask()
    {
        // bpo-35125
        var inner = new TaskCompletionSource();
        for (var i = 0; i < 1000; i++) WaitAndCancel();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 100_000; i++) WaitAndCancel();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 2_000_000, $"{grown} bytes for 100,000 waits");
        inner.SetResult();

        void WaitAndCancel()
        {
            using var waiter = new CancellationTokenSource();
            var wait = Shield.WaitAsync(inner.Task, waiter.Token);
            waiter.Cancel();
            Assert.True(wait.IsCanceled);
        }
    }

    [Fact]
    public Task RunAsync_WaiterCancelled_TheWorkGoesOn() => Everywhere.HoldsAsync(async () =>
    {
        using var waiter = new CancellationTokenSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wait = Shield.RunAsync(
            async token =>
            {
                Assert.False(token.CanBeCanceled);
                await release.Task;
                ended.SetResult();
            },
            waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        release.SetResult();
        await ended.Task;
    });

    [Fact]
    public async Task RunAsync_InFinallyWithACancelledToken_TheWorkRuns()
    {
        var cancelled = new CancellationToken(canceled: true);
        var ran = false;
        await Shield.RunAsync(
            _ =>
            {
                ran = true;
                return Task.CompletedTask;
            },
            cancelled);
        Assert.True(ran);
        var release = new TaskCompletionSource<int>();
        (await Outcome.OfAsync(Shield.RunAsync(_ => release.Task, cancelled))).IsCanceledBy(cancelled);
        release.SetResult(1);
    }

    [Fact]
    public async Task RunAsync_FailsAfterTheCallerHasGone_IsReportedOnce()
    {
        using var reports = new Abandoned();
        using var waiter = new CancellationTokenSource();
        var work = new TaskCompletionSource<int>();
        var marker = Guid.NewGuid().ToString();
        var wait = Shield.RunAsync(_ => work.Task, waiter.Token);
        waiter.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        work.SetException(new FormatException(marker));
        Assert.Equal(1, reports.Count(marker));
    }

    [Fact]
    public async Task RunAsync_FailsWhileTheCallerWaits_IsNotReported()
    {
        using var reports = new Abandoned();
        using var waiter = new CancellationTokenSource();
        var work = new TaskCompletionSource();
        var marker = Guid.NewGuid().ToString();
        var wait = Shield.RunAsync(_ => work.Task, waiter.Token);
        work.SetException(new FormatException(marker));
        Assert.Equal(marker, (await Outcome.OfAsync(wait)).Thrown!.Message);
        (await Outcome.OfAsync(Shield.RunAsync(_ => throw new FormatException(marker), waiter.Token))).FailsWith<FormatException>();
        Assert.Equal(0, reports.Count(marker));
    }

    [Fact]
    public async Task RunAsync_SeveralErrors_AllOfThem()
    {
        using var source = new CancellationTokenSource();
        var signal = new TaskCompletionSource();
        var run = Shield.RunAsync(_ => signal.Task, source.Token);
        signal.SetException([new FormatException(), new DivideByZeroException()]);
        (await Outcome.OfAsync(run)).FailsWith(typeof(FormatException), typeof(DivideByZeroException));
    }

    [Fact]
    public async Task RunAsync_TheWorkIsCancelledForAReason_TheReasonComesOut()
    {
        using var source = new CancellationTokenSource();
        var reason = new TaskCanceledException("too slow", new TimeoutException());
        var run = Shield.RunAsync(FailAsync, source.Token);
        Assert.Same(reason, (await Outcome.OfAsync(run)).Thrown);

        async Task FailAsync(CancellationToken token)
        {
            await Task.Yield();
            throw reason;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_TheWorkIsCancelled_Canceled(bool hasToken)
    {
        using var source = new CancellationTokenSource();
        using var own = new CancellationTokenSource();
        var run = Shield.RunAsync(_ => Child.Forever(own.Token), hasToken ? source.Token : default);
        own.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(own.Token);
    }

    [Fact]
    public async Task RunAsync_SucceedsAfterTheCallerHasGone_IsNotReported()
    {
        using var reports = new Abandoned();
        using var waiter = new CancellationTokenSource();
        var work = new TaskCompletionSource<int>();
        var wait = Shield.RunAsync(_ => work.Task, waiter.Token);
        waiter.Cancel();
        work.SetResult(1);
        (await Outcome.OfAsync(wait)).IsCanceledBy(waiter.Token);
        Assert.Empty(reports.All);
    }

    [Fact]
    public async Task WaitForPendingAsync_ShieldedWork_IsWaitedForAndCounted()
    {
        await Shield.WaitForPendingAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, Shield.PendingCount);
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource<int>();
        var cancelled = new CancellationToken(canceled: true);
        _ = Shield.RunAsync(_ => first.Task, cancelled);
        _ = Shield.RunAsync(_ => second.Task, cancelled);
        Assert.Equal(2, Shield.PendingCount);
        var wait = Shield.WaitForPendingAsync(Timeout.InfiniteTimeSpan);
        var timed = Shield.WaitForPendingAsync(TimeSpan.FromMinutes(1));
        var late = await Outcome.OfAsync(Shield.WaitForPendingAsync(TimeSpan.Zero));
        late.FailsWith<TimeoutException>();
        Assert.StartsWith("2 shielded operations", late.Thrown!.Message);
        first.SetResult();
        Assert.False(wait.IsCompleted);
        second.SetResult(1);
        await HangGuard.WaitAsync(Task.WhenAll(wait, timed));
        Assert.Equal(0, Shield.PendingCount);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Shield.WaitForPendingAsync(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void CompleteAsync_ThenCancelled_RunsToTheEndAndThenThrows() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        using var then = new CancellationTokenSource();
        var ended = false;
        var run = Shield.CompleteAsync(
            async token =>
            {
                await time.Delay(5, token);
                ended = true;
            },
            then.Token);
        await time.Delay(1);
        then.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(then.Token);
        Assert.True(ended);
        Assert.Equal(5, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void CompleteAsync_Grace_CutsTheCleanupShort() => VirtualTime.RunSeeds(20, async time =>
    {
        using var then = new CancellationTokenSource();
        var grace = TimeSpan.FromSeconds(3);
        var run = Shield.CompleteAsync(token => time.Delay(60, token), then.Token, grace, time.TimeProvider);
        await time.Delay(10);
        Assert.False(run.IsCompleted);
        then.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(then.Token);
        Assert.Equal(13, time.Elapsed.TotalSeconds);

        // In time, cancelled beforehand; not cancelled at all; an error of its own.
        (await Outcome.OfAsync(Shield.CompleteAsync(token => time.Delay(2, token), then.Token, grace, time.TimeProvider))).IsCanceledBy(
            then.Token);
        Assert.Equal(15, time.Elapsed.TotalSeconds);
        using var calm = new CancellationTokenSource();
        Assert.Equal(1,
            await Shield.CompleteAsync(async token => { await time.Delay(60, token); return 1; }, calm.Token, grace, time.TimeProvider));
        Assert.Equal(2,
            await Shield.CompleteAsync(async token => { await time.Delay(60, token); return 2; }, default, grace, time.TimeProvider));
        (await Outcome.OfAsync(Shield.CompleteAsync(_ => throw new FormatException(), then.Token, grace,
            time.TimeProvider))).FailsWith<FormatException>();
        (await Outcome.OfAsync(Shield.CompleteAsync(static _ => null!, calm.Token))).FailsWith<InvalidOperationException>();
    });

    [Fact]
    public async Task CompleteAsync_Fails_ItsErrorBeatsTheCancellation()
        => (await Outcome.OfAsync(Shield.CompleteAsync(Child.Fails,
        new CancellationToken(canceled: true)))).FailsWith<DivideByZeroException>();

    [Fact]
    public void BadArguments_Throw()
    {
        Assert.Throws<ArgumentNullException>(() => { _ = Shield.RunAsync(null!, default); });
        Assert.Throws<ArgumentNullException>(() => { _ = Shield.RunAsync<int>(null!, default); });
        Assert.Throws<ArgumentNullException>(() => { _ = Shield.CompleteAsync(null!, default); });
        Assert.Throws<ArgumentNullException>(() => { _ = Shield.CompleteAsync<int>(null!, default); });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => { _ = Shield.CompleteAsync(static _ => Task.CompletedTask, default, TimeSpan.FromSeconds(-2)); });
    }

    [Fact]
    public async Task CompleteAsync_WithoutGrace_ItsTokenCannotBeCancelled()
    {
        using var then = new CancellationTokenSource();
        Assert.False(await Shield.CompleteAsync(static token => Task.FromResult(token.CanBeCanceled), then.Token));
        Assert.False(await Shield.CompleteAsync(static token => Task.FromResult(token.CanBeCanceled), default, TimeSpan.FromSeconds(1)));
        Assert.True(await Shield.CompleteAsync(static token => Task.FromResult(token.CanBeCanceled), then.Token, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(60)]
    public async Task CompleteAsync_UnderWay_IsCountedAsPending(int? graceSeconds)
    {
        await Shield.WaitForPendingAsync(TimeSpan.FromSeconds(30));
        using var then = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        var run = Shield.CompleteAsync(_ => release.Task, then.Token, graceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        Assert.Equal(1, Shield.PendingCount);
        release.SetResult();
        await run;
        Assert.Equal(0, Shield.PendingCount);
    }

    [Fact]
    public void WaitForPendingAsync_ClockOfTheCaller_IsObeyed() => VirtualTime.Run(async time =>
    {
        var release = new TaskCompletionSource();
        _ = Shield.RunAsync(_ => release.Task, new CancellationToken(canceled: true));
        (await Outcome.OfAsync(Shield.WaitForPendingAsync(TimeSpan.FromHours(1), time.TimeProvider))).FailsWith<TimeoutException>();
        Assert.Equal(1, time.Elapsed.TotalHours);
        release.SetResult();
    });

    [Fact]
    public async Task CompleteAsync_CancelledUnderAContext_DoesNotCallIntoIt()
    {
        var context = new CountingContext();
        var own = SynchronizationContext.Current;
        using var then = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        SynchronizationContext.SetSynchronizationContext(context);
        var run = Shield.CompleteAsync(_ => release.Task, then.Token, TimeSpan.FromMinutes(1));
        SynchronizationContext.SetSynchronizationContext(own);
        then.Cancel();
        Assert.Equal(0, context.Calls);
        release.SetResult();
        (await Outcome.OfAsync(run)).IsCanceledBy(then.Token);
    }

    [Fact]
    public void CompleteAsync_HowItWasCancelled_IsReported() => VirtualTime.Run(async time =>
    {
        using var then = new CancellationTokenSource();
        using var foreign = new CancellationTokenSource();
        foreign.Cancel();
        var grace = TimeSpan.FromSeconds(3);

        // It stops for a token of its own, before the time of grace is over: that comes out as it is.
        var stops = Shield.CompleteAsync(async _ => { await time.Delay(2); foreign.Token.ThrowIfCancellationRequested(); }, then.Token,
            grace, time.TimeProvider);
        // It ignores its token and ends after the time of grace: complete, and then the caller's cancellation.
        var ignores = Shield.CompleteAsync(_ => time.Delay(5), then.Token, grace, time.TimeProvider);
        var cut = Shield.CompleteAsync(token => time.Delay(60, token), then.Token, grace, time.TimeProvider);
        await time.Delay(1);
        then.Cancel();
        (await Outcome.OfAsync(stops)).IsCanceledBy(foreign.Token);
        var late = await Outcome.OfAsync(cut);
        late.IsCanceledBy(then.Token);
        Assert.Equal("The cleanup was cut short: its time of grace was over.", late.Thrown!.Message);
        var complete = await Outcome.OfAsync(ignores);
        complete.IsCanceledBy(then.Token);
        Assert.NotEqual(late.Thrown.Message, complete.Thrown!.Message);
        Assert.Equal(5, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void AbandonedFailure_GoesToTheEventSourceToo()
    {
        using var events = new Listener();
        var marker = Guid.NewGuid().ToString();
        var work = new TaskCompletionSource();
        _ = Shield.RunAsync(_ => work.Task, new CancellationToken(canceled: true));
        work.SetException(new FormatException(marker));
        Assert.Contains(events.Messages, message => message.Contains(marker));
    }

    private sealed class CountingContext : SynchronizationContext
    {
        public int Calls;

        public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref Calls);

        public override void Send(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref Calls);
            d(state);
        }
    }

    private sealed class Listener : EventListener
    {
        public ConcurrentQueue<string> Messages { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "AsyncGuard") EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Messages.Enqueue(eventData.Payload?.Count > 0 ? eventData.Payload[0] as string ?? "" : "");
    }

    private sealed class Abandoned : IDisposable
    {
        private readonly ConcurrentQueue<Exception> _errors = new();

        public Abandoned() => Shield.AbandonedException += Add;

        public Exception[] All => [.. _errors];

        public int Count(string message) => _errors.Count(error => error.Message == message);

        public void Dispose() => Shield.AbandonedException -= Add;

        private void Add(object? sender, AbandonedExceptionEventArgs e) => _errors.Enqueue(e.Exception);
    }
}
