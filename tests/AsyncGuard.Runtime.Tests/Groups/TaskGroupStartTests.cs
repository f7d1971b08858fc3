using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

public sealed class TaskGroupStartTests
{
    [Fact]
    public async Task Start_SynchronousException_ComesOutOfTheTaskAndTheGroup()
    {
        Task? child = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group => { child = group.Start(Child.FailsAtOnce); }));
        outcome.FailsWith<DivideByZeroException>();
        Assert.Same(outcome.Thrown, (await Outcome.OfAsync(child!)).Thrown);
    }

    [Fact]
    public async Task Start_ReturnsNull_Fails()
    {
        (await Outcome.OfAsync(TaskGroup.RunAsync(group => { _ = group.Start(_ => null!); }))).FailsWith<InvalidOperationException>();
        (await Outcome.OfAsync(
            TaskGroup.RunAsync(group => { _ = group.Start(_ => (Task<int>)null!); }))).FailsWith<InvalidOperationException>();
    }

    [Fact]
    public async Task Start_ReturnsTheChildsOwnTask() => await TaskGroup.RunAsync(async group =>
    {
        var own = new TaskCompletionSource<int>();
        Assert.Same(own.Task, group.Start(_ => own.Task));
        own.SetResult(1);
        Assert.Equal(7, await group.Start(static (state, _) => Task.FromResult(state + 1), 6));
        await group.Start(static (state, _) => state, Task.CompletedTask);
        await Task.Yield();
    });

    [Fact]
    public async Task Start_NullDelegates_Throw() => await TaskGroup.RunAsync(group =>
    {
        Assert.Throws<ArgumentNullException>(() => { _ = group.Start(null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = group.Start((Func<CancellationToken, Task<int>>)null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = group.StartValue(null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = group.StartOnThreadPool((Func<CancellationToken, Task>)null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = group.StartCancellable(null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = group.StartAndWaitReadyAsync<int>(null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = group.Track<Task>(null!); });
        Assert.Throws<ArgumentNullException>(() => { group.TryStart(null!, out _); });
    });

    [Fact]
    public async Task StartValue_CompletedAndSuspended_AreJoined()
    {
        var done = false;
        await TaskGroup.RunAsync(async group =>
        {
            await group.StartValue(static _ => default);
            Assert.Equal(3, await group.StartValue(static _ => new ValueTask<int>(3)));
            _ = group.StartValue(async _ =>
            {
                await Task.Yield();
                done = true;
            });
        });
        Assert.True(done);
    }

    [Fact]
    public async Task StartValue_Fails_TheGroupFails()
    {
        (await Outcome.OfAsync(
            TaskGroup.RunAsync(group => { _ = group.StartValue(static _ => throw new FormatException()); }))).FailsWith<FormatException>();
        (await Outcome.OfAsync(
            TaskGroup.RunAsync(
                group => { _ = group.StartValue<int>(static async _ => { await Task.Yield(); throw new FormatException(); }); })))
            .FailsWith<FormatException>();
    }

    [Fact]
    public async Task StartOnThreadPool_RunsOnAnotherThread() => await TaskGroup.RunAsync(async group =>
    {
        var context = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(context);
        Assert.True(await group.StartOnThreadPool(static _ => Thread.CurrentThread.IsThreadPoolThread
            && SynchronizationContext.Current is null).ConfigureAwait(false));
        await group.StartOnThreadPool(static _ => { });
        await group.StartOnThreadPool(static async _ => await Task.Yield());
        Assert.Equal(2, await group.StartOnThreadPool(static async _ => { await Task.Yield(); return 2; }));
    });

    [Fact]
    public async Task StartCancellable_Cancel_IsNoErrorAndStopsNoOther()
    {
        ChildTask<int>? handle = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            handle = group.StartCancellable<int>(async token => { await Child.Forever(token); return 1; }, name: "poll");
            handle.Cancel();
            handle.Cancel();
            await Task.Yield();
            Assert.False(group.IsCancellationRequested);
        }));
        outcome.Succeeds();
        Assert.Equal(TaskStatus.Canceled, handle!.Status);
        Assert.Equal("poll", handle.Name);
        handle.Cancel();
    }

    [Fact]
    public async Task StartCancellable_BodyAwaitsTheCancelledChild_ItsCancellationIsTheBodysError()
        => (await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            var handle = group.StartCancellable(Child.Forever);
            handle.Cancel();
            await handle.Task;
        }))).FailsWith<TaskCanceledException>();

    [Fact]
    public async Task StartCancellable_FailsInItsCleanup_TheGroupFails()
        => (await Outcome.OfAsync(
        TaskGroup.RunAsync(group => group.StartCancellable(Child.FailsInCleanup).Cancel()))).FailsWith<DivideByZeroException>();

    [Fact]
    public async Task StartCancellable_GroupStops_TheChildIsCancelledToo()
    {
        ChildTask? handle = null;
        await TaskGroup.RunAsync(group =>
        {
            handle = group.StartCancellable(Child.Forever);
            group.Cancel();
        });
        Assert.Equal(TaskStatus.Canceled, handle!.Status);
        Assert.Null(handle.Name);
    }

    [Fact]
    public async Task StartCancellable_CancelledWhileItWaitsForASlot_IsNotCalled()
    {
        var called = false;
        await TaskGroup.RunAsync(
            async group =>
            {
                var release = new TaskCompletionSource();
                _ = group.Start(_ => release.Task);
                var handle = group.StartCancellable(_ =>
                {
                    called = true;
                    return Task.CompletedTask;
                });
                handle.Cancel();
                release.SetResult();
                Assert.Equal(TaskStatus.Canceled, (await Outcome.OfAsync(handle.Task)).Status);
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        Assert.False(called);
    }

    [Fact]
    public async Task StartCancellable_ThrowsAtOnce_TheGroupFails()
        => (await Outcome.OfAsync(
        TaskGroup.RunAsync(group => group.StartCancellable(Child.FailsAtOnce).Cancel()))).FailsWith<DivideByZeroException>();

    [Fact]
    public Task StartAndWaitReady_Started_TheValueComesOutAndTheChildGoesOn() => Everywhere.HoldsAsync(async () =>
    {
        var ended = false;
        await TaskGroup.RunAsync(async group =>
        {
            var port = await group.StartAndWaitReadyAsync<int>(async (ready, token) =>
            {
                await Task.Yield();
                ready.Started(8080);
                try
                {
                    await Child.Forever(token);
                }
                finally
                {
                    ended = true;
                }
            });
            Assert.Equal(8080, port);
            Assert.False(ended);
            Assert.Equal(1, group.RunningCount);
            group.Cancel();
        });
        Assert.True(ended);
    });

    [Fact]
    public Task StartAndWaitReady_FailsBefore_ComesOutOfTheWaitAndNotOfTheGroup() => Everywhere.HoldsAsync(async () =>
    {
        await TaskGroup.RunAsync(async group =>
        {
            await Assert.ThrowsAsync<DivideByZeroException>(
                async () => await group.StartAndWaitReadyAsync<int>((_, token) => Child.Fails(token)));
            await Assert.ThrowsAsync<DivideByZeroException>(
                async () => await group.StartAndWaitReadyAsync<int>((_, token) => Child.FailsAtOnce(token)));
            Assert.False(group.IsCancellationRequested);
        });
    });

    [Fact]
    public Task StartAndWaitReady_FailsAfterwards_TheGroupFails() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            await group.StartAndWaitReadyAsync<int>(async (ready, token) =>
            {
                ready.Started(1);
                Assert.Throws<InvalidOperationException>(() => ready.Started(2));
                await Child.Fails(token);
            });
            await Child.Forever(group.CancellationToken);
        }));
        outcome.FailsWith<DivideByZeroException>();
    });

    [Fact]
    public Task StartAndWaitReady_EndsWithoutStarted_InvalidOperation() => Everywhere.HoldsAsync(() => TaskGroup.RunAsync(async group =>
        await Assert.ThrowsAsync<InvalidOperationException>(
        async () => await group.StartAndWaitReadyAsync<int>((_, token) => Child.Yields(token)))));

    [Fact]
    public Task StartAndWaitReady_StartCancelled_TheChildIsCancelledAndWaitedFor() => Everywhere.HoldsAsync(async () =>
    {
        using var start = new CancellationTokenSource();
        var ended = false;
        await TaskGroup.RunAsync(async group =>
        {
            var ready = group.StartAndWaitReadyAsync<int>(
                async (_, token) =>
                {
                    try
                    {
                        await Child.Forever(token);
                    }
                    finally
                    {
                        await Child.Stubborn(2);
                        ended = true;
                    }
                },
                start.Token);
            start.Cancel();
            (await Outcome.OfAsync(ready)).IsCanceledBy(start.Token);
            Assert.True(ended);
            Assert.False(group.IsCancellationRequested);
            (await Outcome.OfAsync(group.StartAndWaitReadyAsync<int>((_, _) => throw new FormatException(), start.Token))).IsCanceledBy(
                start.Token);
        });
    });

    [Fact]
    public Task StartAndWaitReady_StartTokenCancelledAfterwards_HasNoEffect() => Everywhere.HoldsAsync(async () =>
    {
        using var start = new CancellationTokenSource();
        await TaskGroup.RunAsync(async group =>
        {
            var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await group.StartAndWaitReadyAsync<int>(
                async (ready, token) =>
                {
                    ready.Started(1);
                    await goOn.Task;
                    token.ThrowIfCancellationRequested();
                },
                start.Token);
            start.Cancel();
            goOn.SetResult();
        });
    });

    [Fact]
    public async Task StartAndWaitReady_DroppedWhileItWaitsForASlot_EndsCanceled()
    {
        Task<int>? ready = null;
        await TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(Child.Forever);
                ready = group.StartAndWaitReadyAsync<int>((_, _) => throw new FormatException()).AsTask();
                group.Cancel();
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        Assert.Equal(TaskStatus.Canceled, (await Outcome.OfAsync(ready!)).Status);
    }

    [Fact]
    public async Task StartAndWaitReady_Misused_SaysHow() => await TaskGroup.RunAsync(async group =>
    {
        await group.StartAndWaitReadyAsync<int>(static (ready, _) =>
        {
            ready.Started(1);
            Assert.Equal("Started was called twice, or after the child had ended.",
                Assert.Throws<InvalidOperationException>(() => ready.Started(2)).Message);
            return Task.CompletedTask;
        });
        var never = await Outcome.OfAsync(group.StartAndWaitReadyAsync<int>(static (_, _) => Task.CompletedTask));
        Assert.Equal("The child ended without calling Started.", never.Thrown!.Message);
    });

    [Fact]
    public async Task StartAndWaitReady_StopsForATokenOfItsOwn_ThatTokenComesOut() => await TaskGroup.RunAsync(async group =>
    {
        using var start = new CancellationTokenSource();
        using var own = new CancellationTokenSource();
        own.Cancel();
        (await Outcome.OfAsync(group.StartAndWaitReadyAsync<int>((_, _) => Task.FromCanceled(own.Token), start.Token))).IsCanceledBy(
            own.Token);
    });

    [Fact]
    public async Task StartAndWaitReady_OuterCancelBeforeItIsReady_CountsAsStopping()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            async group =>
            {
                // Only the child stops for the outer token.
                var ready = await Outcome.OfAsync(group.StartAndWaitReadyAsync<int>(static (_, token) => Child.Forever(token)));
                Assert.Equal(TaskStatus.Canceled, ready.Status);
            },
            outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
    }

    [Fact]
    public async Task StartAndWaitReady_StartedUnderAContext_CancellingTheStartDoesNotCallIntoIt()
    {
        var context = new CountingContext();
        using var start = new CancellationTokenSource();
        var own = SynchronizationContext.Current;
        await TaskGroup.RunAsync(async group =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            var ready = group.StartAndWaitReadyAsync<int>(static (_, token) => Child.Forever(token), start.Token);
            SynchronizationContext.SetSynchronizationContext(own);
            start.Cancel();
            Assert.Equal(0, context.Calls);
            (await Outcome.OfAsync(ready).ConfigureAwait(false)).IsCanceledBy(start.Token);
        });
    }

    [Fact]
    public async Task Start_ThrowsAtOnceInsteadOfAResult_TheTaskFailsWithIt() =>
    (await Outcome.OfAsync(TaskGroup.RunAsync(static async group =>
    {
        var child = group.Start<int>(static _ => throw new DivideByZeroException());
        (await Outcome.OfAsync(child)).FailsWith<DivideByZeroException>();
    }))).FailsWith<DivideByZeroException>();

    [Fact]
    public async Task Start_ChildWithTwoErrors_StopsTheGroup() =>
    (await Outcome.OfAsync(HangGuard.WaitAsync(TaskGroup.RunAsync(static group =>
    {
        _ = group.Start(Child.Forever);
        _ = group.Start(
            static _ => Task.WhenAll(Task.FromException(new FormatException()), Task.FromException(new DivideByZeroException())));
    })))).FailsWith(typeof(FormatException));

    [Fact]
    public Task Track_HotTask_IsJoinedAndItsErrorCountsOnce() => Everywhere.HoldsAsync(async () =>
    {
        var mayFail = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var hot = FailAsync(mayFail.Task);
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            Assert.Same(hot, group.Track(hot));
            _ = group.Track(hot);
            _ = group.Start(_ => hot);
            Assert.Equal(3, group.RunningCount);
            mayFail.SetResult(0);
        }));
        outcome.FailsWith<DivideByZeroException>();

        static async Task FailAsync(Task before)
        {
            await before.ConfigureAwait(false);
            throw new DivideByZeroException();
        }
    });

    [Fact]
    public async Task Track_WhileStopping_IsStillJoined()
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = TaskGroup.RunAsync(group =>
        {
            group.Cancel();
            Assert.Same(release.Task, group.Track(release.Task));
        });
        Assert.False(run.IsCompleted);
        release.SetResult(1);
        await HangGuard.WaitAsync(run);
    }

    [Fact]
    public async Task Start_LongChainOfSynchronousChildren_DoesNotOverflowTheStack()
    {
        // Each child that completes lets the next one, which waits for the slot, run.
        var ran = 0;
        await HangGuard.WaitAsync(TaskGroup.RunAsync(
            async group =>
            {
                var release = new TaskCompletionSource();
                _ = group.Start(_ => release.Task);
                for (var i = 0; i < 100_000; i++)
                {
                    _ = group.Start(_ =>
                    {
                        ran++;
                        return Task.CompletedTask;
                    });
                }

                release.SetResult();
                await Task.Yield();
            },
            new TaskGroupOptions { MaxConcurrency = 1 }));
        Assert.Equal(100_000, ran);
    }

    [Fact]
    public async Task Start_FromTwoThreadsAtOnce_AllAreJoined()
    {
        var done = 0;
        await TaskGroup.RunAsync(async group =>
        {
            await Task.WhenAll(Producer(), Producer());

            Task Producer() => Task.Run(() =>
            {
                for (var i = 0; i < 10_000; i++)
                {
                    _ = group.Start(async _ =>
                    {
                        await Task.Yield();
                        Interlocked.Increment(ref done);
                    });
                }
            });
        });
        Assert.Equal(20_000, done);
    }

    [Fact]
    public async Task Group_OnASchedulerOfOneThread_ChildrenStartThere()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var schedulers = new List<TaskScheduler>();
        await Task.Factory.StartNew(
            () => TaskGroup.RunAsync(
                group =>
                {
                    for (var i = 0; i < 3; i++)
                    {
                        _ = group.Start(async _ =>
                        {
                            schedulers.Add(TaskScheduler.Current);
                            await Task.Yield();
                            schedulers.Add(TaskScheduler.Current);
                        });
                    }

                    return Task.CompletedTask;
                },
                new TaskGroupOptions { MaxConcurrency = 1 }),
            CancellationToken.None,
            TaskCreationOptions.None,
            scheduler).Unwrap();
        Assert.Equal(6, schedulers.Count);
        Assert.All(schedulers, current => Assert.Same(scheduler, current));
    }

    [Fact]
    public async Task Started_WhileACallbackOfTheStartTokenRuns_DoesNotWaitForIt()
    {
        using var startToken = new CancellationTokenSource();
        using var isCancelling = new ManualResetEventSlim();
        using var hasStarted = new ManualResetEventSlim();
        var waited = false;
        var run = TaskGroup.RunAsync(async group =>
        {
            var ready = group.StartAndWaitReadyAsync<int>(
                async (ready, token) =>
                {
                    using var registration = token.Register(() =>
                    {
                        isCancelling.Set();
                        waited = !hasStarted.Wait(TimeSpan.FromSeconds(10));
                    });
                    await Task.Run(isCancelling.Wait);
                    ready.Started(1);
                    hasStarted.Set();
                },
                startToken.Token);
            var cancel = Task.Run(startToken.Cancel);
            Assert.Equal(1, await ready);
            await cancel;
        });
        await HangGuard.WaitAsync(run);
        Assert.False(waited);
    }
}
