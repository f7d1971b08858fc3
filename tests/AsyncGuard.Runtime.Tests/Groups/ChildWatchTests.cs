using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>When and where a group hears of the end of a suspended child.</summary>
public sealed class ChildWatchTests
{
    [Fact]
    public async Task FollowUpOfAnAwaiter_ComesAfterItsCause()
    {
        var signal = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group =>
        {
            var first = group.Start(_ => signal.Task);
            _ = group.Start(async _ =>
            {
                try
                {
                    await first;
                }
                catch (DivideByZeroException exception)
                {
                    throw new FormatException("follow-up", exception);
                }
            });
            return Task.CompletedTask;
        });
        signal.SetException(new DivideByZeroException());
        (await Outcome.OfAsync(run)).FailsWith(typeof(DivideByZeroException), typeof(FormatException));
    }

    [Fact]
    public async Task SuspendedChild_CompletesUnderAnyContext_GroupHearsOfItInsideTheCall()
    {
        var signal = new TaskCompletionSource();
        TaskGroup? group = null;
        var run = TaskGroup.RunAsync(g =>
        {
            group = g;
            _ = g.Start(_ => signal.Task);
            return Task.CompletedTask;
        });
        var own = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new RefusingContext());
        try
        {
            signal.SetResult();
            Assert.Equal(0, group!.RunningCount);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(own);
        }

        await run;
    }

    [Fact]
    public async Task Start_SuspendedChild_LeavesTheCallersContextInPlace()
    {
        var context = new SynchronizationContext();
        var own = SynchronizationContext.Current;
        var signal = new TaskCompletionSource();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            var run = TaskGroup.RunAsync(group =>
            {
                Assert.Same(context, SynchronizationContext.Current);
                _ = group.Start(_ => signal.Task);
                Assert.Same(context, SynchronizationContext.Current);
                _ = group.Start(_ =>
                {
                    SynchronizationContext.SetSynchronizationContext(null);
                    return signal.Task;
                });
                Assert.Same(context, SynchronizationContext.Current);
                return Task.CompletedTask;
            });
            Assert.Same(context, SynchronizationContext.Current);
            signal.SetResult();
            await run.ConfigureAwait(true);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(own);
        }
    }

    [Fact]
    public async Task FailedChildThatContinuesAsynchronously_DoesNotCancelInsideItsCompletion()
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new object();
        using var heard = new ManualResetEventSlim();
        var run = TaskGroup.RunAsync(group =>
        {
            group.CancellationToken.Register(() =>
            {
                // Would deadlock with the completing thread if it ran under its lock and waited for another.
                lock (gate) heard.Set();
            });
            _ = group.Start(_ => signal.Task);
            return Task.CompletedTask;
        });
        lock (gate)
        {
            signal.SetException(new DivideByZeroException());
            Assert.False(heard.IsSet);
        }

        (await Outcome.OfAsync(run)).FailsWith<DivideByZeroException>();
        Assert.True(heard.IsSet);
    }

    [Fact]
    public async Task ChildThatEndsWhileItIsBeingStarted_IsCountedOnce()
    {
        var rounds = Soak.Times(20_000);
        for (var round = 0; round < rounds; round++)
        {
            var signal = new TaskCompletionSource();
            var fails = round % 2 == 0;
            var completer = Task.Run(() =>
            {
                if (fails) signal.SetException(new DivideByZeroException());
                else signal.SetResult();
            });
            var run = TaskGroup.RunAsync(group => { _ = group.Start(_ => signal.Task); });
            var outcome = await Outcome.OfAsync(HangGuard.WaitAsync(run));
            if (fails) outcome.FailsWith<DivideByZeroException>();
            else outcome.Succeeds();
            await completer;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_ChildThatChangesTheFlow_LeavesTheCallersInPlace(bool callerSuppressesIt)
    {
        var local = new AsyncLocal<int> { Value = 1 };
        var signal = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group =>
        {
            using var suppressed = callerSuppressesIt ? ExecutionContext.SuppressFlow() : default(AsyncFlowControl?);
            foreach (var child in new Func<CancellationToken, Task>[]
            {
                _ => SetAsync(signal.Task),
                _ => SetAsync(Task.CompletedTask),
                _ => throw new DivideByZeroException(Set().ToString()),
                _ =>
                {
                    if (!ExecutionContext.IsFlowSuppressed()) ExecutionContext.SuppressFlow();
                    return signal.Task;
                },
            })
            {
                try
                {
                    _ = group.Start(child);
                }
                catch (OperationCanceledException)
                {
                    // After the one that throws.
                    Assert.True(group.IsCancellationRequested);
                }

                Assert.Equal(1, local.Value);
                Assert.Equal(callerSuppressesIt, ExecutionContext.IsFlowSuppressed());
            }
        });
        signal.SetResult();
        (await Outcome.OfAsync(run)).FailsWith<DivideByZeroException>();

        int Set() => local.Value = 2;

        Task SetAsync(Task task)
        {
            Set();
            return task;
        }
    }

    [Fact]
    public async Task ChildrenOfSeveralThreads_AreEachCountedOnce()
    {
        const int Threads = 3;
        var rounds = Soak.Times(200);
        for (var round = 0; round < rounds; round++)
        {
            var signals = new TaskCompletionSource[Threads][];
            for (var thread = 0; thread < Threads; thread++)
            {
                signals[thread] = new TaskCompletionSource[50];
                for (var i = 0; i < signals[thread].Length; i++) signals[thread][i] = new TaskCompletionSource();
            }

            var seen = 0;
            var run = TaskGroup.RunAsync(group =>
            {
                var others = new Task[Threads - 1];
                for (var thread = 1; thread < Threads; thread++)
                {
                    var own = signals[thread];
                    others[thread - 1] = Task.Run(() => StartAll(group, own));
                }

                StartAll(group, signals[0]);
                return Task.WhenAll(others);
            });
            var completers = Array.ConvertAll(signals, static own => Task.Run(() =>
            {
                foreach (var signal in own) signal.SetResult();
            }));
            await HangGuard.WaitAsync(run);
            await Task.WhenAll(completers);
            Assert.Equal(Threads * 50, seen);

            void StartAll(TaskGroup group, TaskCompletionSource[] own)
            {
                foreach (var signal in own)
                {
                    _ = group.Start(async _ =>
                    {
                        await signal.Task;
                        Interlocked.Increment(ref seen);
                    });
                }
            }
        }
    }

    [Fact]
    public async Task TrackedTask_ItsEarlierAwaiterStaysInline()
    {
        var signal = new TaskCompletionSource();
        var thread = 0;
        var awaiter = AwaitAsync();
        var run = TaskGroup.RunAsync(group => { group.Track(signal.Task); });
        signal.SetResult();
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        await run;
        await awaiter;

        async Task AwaitAsync()
        {
            await signal.Task.ConfigureAwait(false);
            thread = Environment.CurrentManagedThreadId;
        }
    }

    private sealed class RefusingContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new NotSupportedException();
    }
}
