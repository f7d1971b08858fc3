using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>
/// The facts that CPython's test_taskgroups.py asserts, as they are in .NET. Signals only, no clock, so that each holds under every order
/// of the ready queue and on the thread pool.
/// </summary>
public sealed class TaskGroupFactsTests
{
    [Fact]
    public Task Group_TwoChildren_ResultsReadableAfterTheEnd() => Everywhere.HoldsAsync(async () =>
    {
        Task<int>? first = null;
        Task<int>? second = null;
        await TaskGroup.RunAsync(group =>
        {
            first = group.Start(async _ => { await Task.Yield(); return 42; });
            second = group.Start(async _ => { await Task.Yield(); await Task.Yield(); return 11; });
        });
        Assert.True(first!.IsCompletedSuccessfully && second!.IsCompletedSuccessfully);
        Assert.Equal(53, await first + await second);
    });

    [Fact]
    public Task Group_ChildStartedAfterAnAwait_IsJoined() => Everywhere.HoldsAsync(async () =>
    {
        Task<int>? late = null;
        await TaskGroup.RunAsync(async group =>
        {
            await group.Start(Child.Yields);
            late = group.Start(async _ => { await Task.Yield(); return 11; });
        });
        Assert.Equal(11, late!.Result);
    });

    [Fact]
    public Task Group_ChildCancelledThroughItsHandle_OthersGoOn() => Everywhere.HoldsAsync(async () =>
    {
        ChildTask? cancelled = null;
        Task<int>? other = null;
        await TaskGroup.RunAsync(async group =>
        {
            cancelled = group.StartCancellable(Child.Forever);
            other = group.Start(async _ => { await Task.Yield(); return 11; });
            await Task.Yield();
            cancelled.Cancel();
        });
        Assert.True(cancelled!.Task.IsCanceled);
        Assert.Equal(11, other!.Result);
    });

    [Fact]
    public Task Group_ChildFails_SiblingCancelledAndErrorThrown() => Everywhere.HoldsAsync(async () =>
    {
        Task? sibling = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            sibling = group.Start(Child.Forever);
            _ = group.Start(Child.Fails);
        }));
        outcome.FailsWith<DivideByZeroException>();
        Assert.True(sibling!.IsCanceled);
    });

    [Fact]
    public Task Group_ThreeChildrenFail_BodyAndSleeperSeeTheCancellation() => Everywhere.HoldsAsync(async () =>
    {
        var bodySawIt = false;
        Task? sleeper = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            for (var i = 0; i < 3; i++) _ = group.Start(Child.Fails);
            try
            {
                sleeper = group.Start(Child.Forever);
                await Child.Forever(group.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                bodySawIt = true;
                throw;
            }
        }));
        Assert.Equal(TaskStatus.Faulted, outcome.Status);
        Assert.InRange(outcome.Errors.Count, 1, 3);
        Assert.All(outcome.Errors, static error => Assert.IsType<DivideByZeroException>(error));
        Assert.True(bodySawIt);
        Assert.True(sleeper is null or { IsCanceled: true });
    });

    [Fact]
    public Task Group_OuterCancel_ChildrenCancelled() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var children = new List<Task>();
        var run = TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < 5; i++) children.Add(group.Start(Child.Forever));
            },
            outer.Token);
        await Task.Yield();
        Assert.False(run.IsCompleted);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
        Assert.All(children, static child => Assert.True(child.IsCanceled));
    });

    [Fact]
    public Task Group_OuterCancel_BodyAndChildrenAllSeeIt() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var seen = 0;
        async Task Watch(CancellationToken token)
        {
            try
            {
                await Child.Forever(token);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref seen);
                throw;
            }
        }

        var run = TaskGroup.RunAsync(
            async group =>
            {
                for (var i = 0; i < 5; i++) _ = group.Start(Watch);
                await Watch(group.CancellationToken);
            },
            outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
        Assert.Equal(6, seen);
    });

    [Fact]
    public Task Group_OuterCancelAndErrorsInCleanup_ErrorsWin() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < 5; i++) _ = group.Start(Child.FailsInCleanup);
            },
            outer.Token);
        await Task.Yield();
        outer.Cancel();
        var outcome = await Outcome.OfAsync(run);
        Assert.Equal(5, outcome.Errors.Count);
        Assert.All(outcome.Errors, static error => Assert.IsType<DivideByZeroException>(error));
        Assert.True(outer.IsCancellationRequested);
    });

    [Fact]
    public Task Group_BodyFailsAfterAnAwait_ChildrenCancelled() => Everywhere.HoldsAsync(async () =>
    {
        Task? child = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            child = group.Start(Child.Forever);
            await Task.Yield();
            throw new DivideByZeroException();
        }));
        outcome.FailsWith<DivideByZeroException>();
        Assert.True(child!.IsCanceled);
    });

    [Fact]
    public Task Group_BodyFailsBeforeAnyAwait_ChildrenCancelled() => Everywhere.HoldsAsync(async () =>
    {
        Task? child = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync((TaskGroup group) =>
        {
            child = group.Start(Child.Forever);
            if (child is not null) throw new DivideByZeroException();
        }));
        outcome.FailsWith<DivideByZeroException>();
        Assert.True(child!.IsCanceled);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task NestedGroups_OuterCancelAndInnerErrorsInCleanup_ErrorsSurface(bool outerHasAChild) => Everywhere.HoldsAsync(async () =>
    {
        using var cancel = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            async outer =>
            {
                if (outerHasAChild) _ = outer.Start(Child.Forever);
                await TaskGroup.RunAsync(
                    inner =>
                    {
                        _ = inner.Start(Child.FailsInCleanup);
                        _ = inner.Start(Child.FailsInCleanup);
                    },
                    outer.CancellationToken);
            },
            cancel.Token);
        await Task.Yield();
        cancel.Cancel();
        var outcome = await Outcome.OfAsync(run);
        // Awaiting the inner group shows the first of its errors; the outer group gets both.
        outcome.FailsWith(typeof(DivideByZeroException), typeof(DivideByZeroException));
    });

    [Fact]
    public Task NestedGroup_AsAChild_AllItsErrorsAreAddedFlat() => Everywhere.HoldsAsync(async () =>
    {
        using var cancel = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            outer =>
            {
                _ = outer.Start(token => TaskGroup.RunAsync(
                    inner =>
                    {
                        _ = inner.Start(Child.FailsInCleanup);
                        _ = inner.Start(Child.FailsInCleanup);
                    },
                    token));
            },
            cancel.Token);
        cancel.Cancel();
        (await Outcome.OfAsync(run)).FailsWith(typeof(DivideByZeroException), typeof(DivideByZeroException));
    });

    [Fact]
    public Task NestedGroups_OuterChildFailsWhileInnerWaits_FlatError() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async outer =>
        {
            _ = outer.Start(async _ => { await Task.Yield(); throw new InvalidCastException(); });
            await TaskGroup.RunAsync(inner => { _ = inner.Start(Child.Forever); }, outer.CancellationToken);
        }));
        outcome.FailsWith<InvalidCastException>();
    });

    [Fact]
    public Task NestedGroups_InnerChildFails_ErrorCountedOnce() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async outer =>
        {
            _ = outer.Start(Child.Forever);
            await TaskGroup.RunAsync(
                inner =>
                {
                    _ = inner.Start(Child.Forever);
                    _ = inner.Start(Child.Fails);
                },
                outer.CancellationToken);
        }));
        outcome.FailsWith<DivideByZeroException>();
    });

    [Fact]
    public Task NestedGroups_Aggregate_InnerExceptionStaysNested() => Everywhere.HoldsAsync(async () =>
    {
        var options = new TaskGroupOptions { ErrorMode = TaskGroupErrorMode.Aggregate, Name = "x" };
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            outer =>
            {
                _ = outer.Start(token => TaskGroup.RunAsync(inner => inner.Start(Child.Fails), options, token));
                return Task.CompletedTask;
            },
            options));
        var exception = Assert.IsType<TaskGroupException>(outcome.Thrown);
        Assert.Equal("x", exception.GroupName);
        var nested = Assert.IsType<TaskGroupException>(Assert.Single(exception.InnerExceptions));
        Assert.IsType<DivideByZeroException>(Assert.Single(nested.InnerExceptions));
    });

    [Fact]
    public Task Group_OuterCancelAndStubbornChildCrashesDuringTheUnwind_ErrorsWin() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var unwinding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(async _ =>
                {
                    await unwinding.Task;
                    throw new DivideByZeroException();
                });
                try
                {
                    await Child.Forever(group.CancellationToken);
                }
                finally
                {
                    unwinding.SetResult();
                    await Child.Stubborn(5);
                }
            },
            outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).FailsWith<DivideByZeroException>();
    });

    [Fact]
    public Task Group_EmptyAndBodyCancelled_Canceled() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var saw = false;
        var run = TaskGroup.RunAsync(
            async group =>
            {
                try
                {
                    await Child.Forever(group.CancellationToken);
                }
                catch (OperationCanceledException)
                {
                    saw = true;
                    throw;
                }
            },
            outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
        Assert.True(saw);
    });

    [Fact]
    public Task Group_BodyTurnsCancellationIntoAnError_ErrorWins() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            async group =>
            {
                try
                {
                    await Child.Forever(group.CancellationToken);
                }
                catch (OperationCanceledException exception)
                {
                    throw new InvalidCastException("mine", exception);
                }
            },
            outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).FailsWith<InvalidCastException>();
    });

    [Fact]
    public Task Group_ChildErrorAndBodysFinallyThrows_BothInOrderOfOccurrence() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            _ = group.Start(Child.Fails);
            try
            {
                await Child.Forever(group.CancellationToken);
            }
            finally
            {
                throw new InvalidCastException();
            }
        }));
        outcome.FailsWith(typeof(DivideByZeroException), typeof(InvalidCastException));
    });

    [Fact]
    public Task Group_OuterCancelRightAfterTheStart_Canceled() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(group => { _ = group.Start(Child.Forever); }, outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
    });

    [Fact]
    public Task Group_ChildStartsChildrenDuringTheEnd_AllAreJoined() => Everywhere.HoldsAsync(async () =>
    {
        var done = 0;
        await TaskGroup.RunAsync(group =>
        {
            _ = group.Start(async token =>
            {
                await Task.Yield();
                for (var i = 0; i < 2; i++)
                {
                    _ = group.Start(async _ =>
                    {
                        await Task.Yield();
                        Interlocked.Increment(ref done);
                    });
                }
            });
        });
        Assert.Equal(2, done);
    });

    [Fact]
    public Task Group_HydraOfChildren_OneFailureStopsAll() => Everywhere.HoldsAsync(async () =>
    {
        var heads = 0;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            _ = group.Start(Head);

            async Task Head(CancellationToken token)
            {
                if (Interlocked.Increment(ref heads) == 20) throw new DivideByZeroException();
                await Task.Yield();
                _ = group.Start(Head);
                _ = group.Start(Head);
            }
        }));
        outcome.FailsWith<DivideByZeroException>();
    });

    [Fact]
    public Task Start_InACancelledSiblingsHandler_IsRefused() => Everywhere.HoldsAsync(async () =>
    {
        var refused = false;
        var called = false;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            _ = group.Start(async token =>
            {
                try
                {
                    await Child.Forever(token);
                }
                catch (OperationCanceledException)
                {
                    try
                    {
                        _ = group.Start(_ =>
                        {
                            called = true;
                            return Task.CompletedTask;
                        });
                    }
                    catch (OperationCanceledException exception)
                    {
                        refused = exception.CancellationToken == group.CancellationToken;
                        throw;
                    }
                }
            });
            _ = group.Start(Child.Fails);
        }));
        outcome.FailsWith<DivideByZeroException>();
        Assert.True(refused);
        Assert.False(called);
    });

    [Fact]
    public Task Group_ErrorHandled_TheNextAwaitIsNotCancelled() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        (await Outcome.OfAsync(TaskGroup.RunAsync(group => { _ = group.Start(Child.Fails); },
            outer.Token))).FailsWith<DivideByZeroException>();
        await Task.Yield();
        Assert.False(outer.IsCancellationRequested);
        await TaskGroup.RunAsync(group => { _ = group.Start(Child.Yields); }, outer.Token);
    });

    [Fact]
    public Task NestedGroups_BothFailAtOnce_BothErrorsSurface() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(outer =>
        {
            _ = outer.Start(token => TaskGroup.RunAsync(inner => { _ = inner.Start(Child.FailsInCleanup); }, token));
            _ = outer.Start(async _ => { await Task.Yield(); throw new InvalidCastException(); });
        }));
        outcome.FailsWith(typeof(InvalidCastException), typeof(DivideByZeroException));
    });

    [Fact]
    public Task Group_ErrorAndOuterCancelTogether_ErrorThrownAndOuterTokenStaysCancelled() => Everywhere.HoldsAsync(async () =>
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(async token =>
                {
                    await Task.Yield();
                    outer.Cancel();
                    throw new DivideByZeroException();
                });
            },
            outer.Token);
        (await Outcome.OfAsync(run)).FailsWith<DivideByZeroException>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TaskGroup.RunAsync(_ => { }, outer.Token));
    });

    [Fact]
    public Task Group_ChildStartsAFailingChildAtOnce_IsItselfCancelled() => Everywhere.HoldsAsync(async () =>
    {
        // gh-128550: the failing grandchild stops the group before Start of its parent has returned.
        Task? parent = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            parent = group.Start(async token =>
            {
                _ = group.Start(Child.FailsAtOnce);
                await Child.Forever(token);
            });
        }));
        outcome.FailsWith<DivideByZeroException>();
        Assert.True(parent!.IsCanceled);
    });

    [Fact]
    public Task Cancel_FromAChildBeforeItsFirstSuspension_DoesNotHang() => Everywhere.HoldsAsync(async () =>
    {
        // gh-155418
        Task? child = null;
        await TaskGroup.RunAsync(group =>
        {
            child = group.Start(async token =>
            {
                group.Cancel();
                await Child.Forever(token);
            });
        });
        Assert.True(child!.IsCanceled);
    });

    [Fact]
    public Task Cancel_ThenOuterCancelDuringASlowUnwind_TheOuterCancelIsNotSwallowed() => Everywhere.HoldsAsync(async () =>
    {
        // gh-155433
        using var outer = new CancellationTokenSource();
        var unwinding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = TaskGroup.RunAsync(
            async group =>
            {
                group.Cancel();
                try
                {
                    await Child.Forever(group.CancellationToken);
                }
                finally
                {
                    unwinding.SetResult();
                    await goOn.Task;
                }
            },
            outer.Token);
        await unwinding.Task;
        outer.Cancel();
        goOn.SetResult();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
    });

    [Fact]
    public Task Cancel_ThenTheBodyFails_TheErrorSurfaces() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            group.Cancel();
            await Task.Yield();
            throw new DivideByZeroException();
        }));
        outcome.FailsWith<DivideByZeroException>();
    });

    [Fact]
    public Task Cancel_Twice_AndStartAfterwardsRefused() => Everywhere.HoldsAsync(async () =>
    {
        await TaskGroup.RunAsync(async group =>
        {
            group.Cancel();
            group.Cancel();
            Assert.Throws<OperationCanceledException>(() => { _ = group.Start(Child.Yields); });
            await Task.Yield();
        });
    });

    [Fact]
    public Task Group_BodyAwaitsAFailingChild_ErrorCountedOnceAndSiblingCancelled() => Everywhere.HoldsAsync(async () =>
    {
        Task? sibling = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            sibling = group.Start(Child.Forever);
            await group.Start(Child.Fails);
        }));
        outcome.FailsWith<DivideByZeroException>();
        Assert.True(sibling!.IsCanceled);
    });

    [Fact]
    public Task Group_BodyCatchesTheChildsErrorAndReturns_TheGroupStillFails() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            try
            {
                await group.Start(Child.Fails);
            }
            catch (DivideByZeroException)
            {
            }

            Assert.Throws<OperationCanceledException>(() => { _ = group.Start(Child.Yields); });
        }));
        outcome.FailsWith<DivideByZeroException>();
    });

    [Fact]
    public Task Group_ChildIgnoresTheTokenAndReturnsLate_IsWaitedForAndItsResultKept() => Everywhere.HoldsAsync(async () =>
    {
        Task<int>? late = null;
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            late = group.Start(async _ =>
            {
                await Child.Stubborn(10);
                return 7;
            });
            _ = group.Start(Child.Fails);
        }));
        outcome.FailsWith<DivideByZeroException>();
        Assert.True(late!.IsCompletedSuccessfully);
        Assert.Equal(7, late.Result);
    });

    [Fact]
    public Task Group_SeveralErrorsDuringCancellation_AllCollectedInOrderOfOccurrence() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            _ = group.Start(Child.FailsInCleanup);
            _ = group.Start(Child.FailsInCleanup);
            _ = group.Start(async _ => { await Task.Yield(); throw new InvalidCastException(); });
        }));
        outcome.FailsWith(typeof(InvalidCastException), typeof(DivideByZeroException), typeof(DivideByZeroException));
    });

    [Fact]
    public Task Group_Empty_EndsSynchronously() => Everywhere.HoldsAsync(() =>
    {
        var run = TaskGroup.RunAsync(_ => { });
        Assert.True(run.IsCompletedSuccessfully);
        return Task.CompletedTask;
    });

    [Fact]
    public Task Start_AfterTheEnd_RefusedAndNotCalled() => Everywhere.HoldsAsync(async () =>
    {
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(group => { kept = group; });
        var called = false;
        Assert.Throws<InvalidOperationException>(() =>
        {
            _ = kept!.Start(_ =>
            {
                called = true;
                return Task.CompletedTask;
            });
        });
        Assert.Throws<InvalidOperationException>(() => { _ = kept!.Track(Task.CompletedTask); });
        Assert.False(kept!.TryStart(Child.Yields, out var task));
        Assert.Null(task);
        Assert.False(called);
        kept.Cancel();
        kept.CancelAfter(TimeSpan.Zero);
        Assert.False(kept.IsCancellationRequested);
        Assert.Equal(TaskGroupStatus.Succeeded, kept.Status);
    });

    [Fact]
    public Task Group_ChildCaughtByTheBodyWithAForeignSource_IsAnError() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            _ = group.Start(async _ =>
            {
                await Task.Yield();
                throw new TaskCanceledException("the HTTP client's own time-out");
            });
            _ = group.Start(Child.Forever);
        }));
        outcome.FailsWith<TaskCanceledException>();
    });

    [Fact]
    public Task Group_AsyncLocalWrites_DoNotLeakIntoTheCaller() => Everywhere.HoldsAsync(async () =>
    {
        var local = new AsyncLocal<int> { Value = 1 };
        await TaskGroup.RunAsync(group =>
        {
            _ = group.Start(_ =>
            {
                local.Value = 7;
                return Task.CompletedTask;
            });
            Assert.Equal(1, local.Value);
            local.Value = 8;
        });
        Assert.Equal(1, local.Value);
    });

    [Fact]
    public Task Group_ChildSeesTheCallersAsyncLocal() => Everywhere.HoldsAsync(async () =>
    {
        var local = new AsyncLocal<int> { Value = 5 };
        await TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < 3; i++)
                {
                    local.Value = i;
                    var expected = i;
                    _ = group.Start(async _ =>
                    {
                        Assert.Equal(expected, local.Value);
                        await Task.Yield();
                        Assert.Equal(expected, local.Value);
                    });
                }

                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
    });

    [Fact]
    public Task Group_BodyAwaitsAFailingChildAndFailsInstead_TheChildsErrorIsTheFirst() => Everywhere.HoldsAsync(async () =>
    {
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            try
            {
                await group.Start(Child.Fails);
            }
            catch (DivideByZeroException exception)
            {
                throw new InvalidCastException("follow-up", exception);
            }
        }));
        outcome.FailsWith(typeof(DivideByZeroException), typeof(InvalidCastException));
    });
}
