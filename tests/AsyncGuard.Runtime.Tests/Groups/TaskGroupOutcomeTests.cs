using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>
/// The outcome table: what asked the group to stop × what the work did about it. Every cell, in virtual time, under every order.
/// </summary>
public sealed class TaskGroupOutcomeTests
{
    public enum Ask { Nothing, Cancel, Timeout, Outer, CancelThenOuter, TimeoutThenOuter, TimeoutThenCancel }

    public enum Reaction { Completes, Stops, Fails }

    public static TheoryData<Ask, Reaction, Reaction, bool> Cells()
    {
        var cells = new TheoryData<Ask, Reaction, Reaction, bool>();
        foreach (var ask in Enum.GetValues<Ask>())
        {
            foreach (var body in Enum.GetValues<Reaction>())
            {
                foreach (var child in Enum.GetValues<Reaction>())
                {
                    if (ask == Ask.Nothing && (body == Reaction.Stops || child == Reaction.Stops))
                        continue; // No child looks at the token, so none can stop for it.
                    cells.Add(ask, body, child, false);
                    cells.Add(ask, body, child, true);
                }
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Group_EachCell_EndsAsTheTableSays(Ask ask, Reaction body, Reaction child, bool hasResult)
        => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
        {
            using var outer = new CancellationTokenSource();
            var options = new TaskGroupOptions { TimeProvider = time.TimeProvider };
            if (ask is Ask.Timeout or Ask.TimeoutThenOuter or Ask.TimeoutThenCancel) options.Timeout = TimeSpan.FromSeconds(1);
            TaskGroup? kept = null;

            async Task<int> BodyAsync(TaskGroup group)
            {
                kept = group;
                _ = group.Start(token => ReactAsync(child, token));
                return await ReactAsync(body, group.CancellationToken);
            }

            async Task<int> ReactAsync(Reaction reaction, CancellationToken token)
            {
                try
                {
                    await time.Delay(reaction == Reaction.Completes || ask == Ask.Nothing ? 5 : 60,
                        reaction == Reaction.Completes ? default : token);
                }
                catch (OperationCanceledException)
                {
                    await time.Delay(3); // A slow unwind: what comes second happens during it.
                    if (reaction == Reaction.Fails) throw new InvalidCastException();
                    throw;
                }

                if (reaction == Reaction.Fails) throw new InvalidCastException();
                return 42;
            }

            async Task AskAsync()
            {
                await time.Delay(1);
                if (ask is Ask.Cancel or Ask.CancelThenOuter) kept!.Cancel();
                if (ask == Ask.Outer) outer.Cancel();
                await time.Delay(1);
                if (ask is Ask.CancelThenOuter or Ask.TimeoutThenOuter) outer.Cancel();
                if (ask == Ask.TimeoutThenCancel) kept!.Cancel();
            }

            var run = hasResult ? TaskGroup.RunAsync(BodyAsync, options, outer.Token)
                : TaskGroup.RunAsync(group => (Task)BodyAsync(group), options, outer.Token);
            await AskAsync();
            var outcome = await Outcome.OfAsync(run);

            var failures = (body == Reaction.Fails ? 1 : 0) + (child == Reaction.Fails ? 1 : 0);
            var stopped = body == Reaction.Stops || child == Reaction.Stops;
            if (failures > 0 && ask == Ask.Nothing && failures == 2)
            {
                // Whichever fails first stops the other, which then fails in its unwind or already has.
                Assert.Equal(TaskStatus.Faulted, outcome.Status);
                Assert.InRange(outcome.Errors.Count, 1, 2);
            }
            else if (failures > 0)
            {
                outcome.FailsWith([.. Enumerable.Repeat(typeof(InvalidCastException), failures)]);
            }
            else if (stopped && ask is Ask.Outer or Ask.CancelThenOuter or Ask.TimeoutThenOuter)
            {
                if (stopped) outcome.IsCanceledBy(outer.Token);
                else outcome.Succeeds();
            }
            else if (stopped && ask is Ask.Timeout or Ask.TimeoutThenCancel && stopped)
            {
                outcome.FailsWith<TimeoutException>();
            }
            else if (hasResult && body == Reaction.Stops)
            {
                Assert.Equal(TaskStatus.Canceled, outcome.Status);
                Assert.Equal(kept!.CancellationToken, ((OperationCanceledException)outcome.Thrown!).CancellationToken);
            }
            else
            {
                outcome.Succeeds();
                if (run is Task<int> result) Assert.Equal(42, await result);
            }

            Assert.Equal(0, kept!.RunningCount);
            Assert.Equal(
                outcome.Status switch
                {
                    TaskStatus.RanToCompletion => TaskGroupStatus.Succeeded,
                    TaskStatus.Faulted => TaskGroupStatus.Faulted,
                    _ => hasResult && ask == Ask.Cancel ? TaskGroupStatus.Succeeded : TaskGroupStatus.Canceled,
                },
                kept.Status);
        });

    [Fact]
    public async Task RunAsync_TokenCancelledBeforehand_CanceledAndBodyNotCalled()
    {
        var called = false;
        var cancelled = new CancellationToken(canceled: true);
        (await Outcome.OfAsync(TaskGroup.RunAsync(_ => { called = true; }, cancelled))).IsCanceledBy(cancelled);
        (await Outcome.OfAsync(TaskGroup.RunAsync(_ => Task.FromResult(called = true), cancelled))).IsCanceledBy(cancelled);
        (await Outcome.OfAsync(TaskGroup.RunAsync((_, _) => { called = true; return Task.CompletedTask; }, 1, cancelled))).IsCanceledBy(
            cancelled);
        Assert.False(called);
    }

    [Fact]
    public async Task RunAsync_BodyReturnsNull_Fails()
    {
        (await Outcome.OfAsync(TaskGroup.RunAsync(_ => (Task)null!))).FailsWith<InvalidOperationException>();
        (await Outcome.OfAsync(TaskGroup.RunAsync(_ => (Task<int>)null!))).FailsWith<InvalidOperationException>();
    }

    [Fact]
    public async Task RunAsync_NullArguments_Throw()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => TaskGroup.RunAsync((Func<TaskGroup, Task>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => TaskGroup.RunAsync((Func<TaskGroup, Task<int>>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => TaskGroup.RunAsync((Action<TaskGroup>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => TaskGroup.RunAsync(_ => Task.CompletedTask, options: null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => TaskGroup.RunAsync((Func<TaskGroup, int, Task>)null!, 1));
    }

    [Fact]
    public async Task RunAsync_CancellationCallbackThrows_ItsErrorIsKept()
    {
        // dotnet/runtime#82427: Parallel.ForEachAsync hung here. The body may go on before the group is cancelled: the callbacks stay.
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(async group =>
        {
            _ = group.CancellationToken.Register(() => throw new InvalidCastException());
            _ = group.CancellationToken.Register(() => throw new FormatException());
            _ = group.Start(Child.Forever);
            await group.Start(Child.Fails);
        }));
        Assert.Equal(TaskStatus.Faulted, outcome.Status);
        Assert.Equal(
            ["DivideByZeroException", "FormatException", "InvalidCastException"],
            outcome.Errors.Select(static error => error.GetType().Name).Order());
        Assert.IsType<DivideByZeroException>(outcome.Thrown);
    }

    [Fact]
    public async Task Cancel_CancellationCallbackThrows_TheGroupFailsWithIt()
        => (await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            _ = group.CancellationToken.Register(() => throw new FormatException());
            group.Cancel();
        }))).FailsWith<FormatException>();

    [Fact]
    public async Task Cancel_FromACallbackOfTheToken_IsHarmless()
    {
        var calls = 0;
        await TaskGroup.RunAsync(group =>
        {
            _ = group.CancellationToken.Register(() =>
            {
                calls++;
                group.Cancel();
            });
            _ = group.Start(Child.Forever);
            group.Cancel();
        });
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Group_LastChildEndsInsideCancel_TheTokenSourceIsNotDisposedUnderIt()
    {
        // The child completes inline, inside the group's Cancel; a callback registered before it runs after that.
        var ranLate = false;
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(group =>
        {
            kept = group;
            _ = group.CancellationToken.Register(() =>
            {
                ranLate = true;
                Assert.Equal(TaskGroupStatus.Stopping, group.Status);
            });
            var signal = new TaskCompletionSource();
            _ = group.CancellationToken.Register(() => signal.TrySetCanceled(group.CancellationToken));
            _ = group.Start(_ => signal.Task);
            group.Cancel();
        });
        Assert.True(ranLate);
        Assert.Empty(kept!.Errors);
    }

    [Fact]
    public async Task Group_BodyHearsOfTheOuterTokenFirst_ItIsACancellationAndNoError()
    {
        // Callbacks run last in, first out: the body's own registration on the outer token is called before the group's.
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(_ => Child.Forever(outer.Token), outer.Token);
        outer.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(outer.Token);
    }

    [Fact]
    public async Task Group_NestedWithoutAToken_ItsCancellationIsNoErrorOfTheOuterGroup()
    {
        // The inner group does not know the outer one, so to it the cancellation is foreign; the outer one knows better.
        using var cancel = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            outer => { _ = outer.Start(token => TaskGroup.RunAsync(_ => Child.Forever(token))); },
            cancel.Token);
        cancel.Cancel();
        (await Outcome.OfAsync(run)).IsCanceledBy(cancel.Token);
    }

    [Fact]
    public async Task Group_ForeignCancellationIgnored_ChildrenOnly()
    {
        var options = new TaskGroupOptions { ForeignCancellation = ForeignCancellation.Ignore };
        await TaskGroup.RunAsync(group => group.Start(_ => throw new OperationCanceledException())
            .ContinueWith(static _ => { }, TaskScheduler.Default), options);
        (await Outcome.OfAsync(TaskGroup.RunAsync(_ => throw new OperationCanceledException(),
            options))).FailsWith<OperationCanceledException>();
    }

    [Fact]
    public async Task Errors_AfterTheEnd_AreASnapshotInOrder()
    {
        TaskGroup? kept = null;
        await Outcome.OfAsync(TaskGroup.RunAsync(group =>
        {
            kept = group;
            Assert.Empty(group.Errors);
            _ = group.Start(Child.FailsAtOnce);
            Assert.Single(group.Errors);
            throw new FormatException();
        }));
        Assert.Equal([typeof(DivideByZeroException), typeof(FormatException)], kept!.Errors.Select(static error => error.GetType()));
        Assert.Equal(TaskGroupStatus.Faulted, kept.Status);
    }

    [Fact]
    public async Task Group_ManyErrors_EachObjectOnce()
    {
        var errors = Enumerable.Range(0, 100).Select(static i => new FormatException($"{i}")).ToArray();
        var outcome = await Outcome.OfAsync(TaskGroup.RunAsync(
            group =>
            {
                for (var round = 0; round < 2; round++)
                {
                    foreach (var error in errors) _ = group.Start(_ => Task.FromException(error));
                }

                return Task.CompletedTask;
            },
            new TaskGroupOptions { Policy = TaskGroupPolicy.Supervise }));
        Assert.Equal(errors, outcome.Errors);
    }
}
