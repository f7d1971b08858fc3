using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>All errors of an inner group reach the outer one, flat, however they get there.</summary>
public sealed class NestedErrorTests
{
    private static readonly Type[] Both = [typeof(FormatException), typeof(DivideByZeroException)];

    [Fact]
    public Task ChildAwaitsAnInnerGroup_AllItsErrorsAreTheOuterGroupsToo()
        => HoldsAsync(static token => TaskGroup.RunAsync(group => { _ = group.Start(async inner => await TwoFailAsync(inner)); }, token));

    [Fact]
    public Task ChildReturnsAnInnerGroup_AllItsErrorsAreTheOuterGroupsToo()
        => HoldsAsync(static token => TaskGroup.RunAsync(group => { _ = group.Start(TwoFailAsync); }, token));

    [Fact]
    public Task BodyAwaitsAnInnerGroup_AllItsErrorsAreTheOuterGroupsToo()
        => HoldsAsync(static token => TaskGroup.RunAsync(async group => await TwoFailAsync(group.CancellationToken), token));

    [Fact]
    public Task ThreeDeep_AllErrorsReachTheOutermost()
        => HoldsAsync(static token => TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(
                    async middle =>
                        await TaskGroup.RunAsync(async group => await group.Start(async inner => await TwoFailAsync(inner)), middle));
            },
            token));

    [Fact]
    public Task LimitedGroup_QueuedChildAwaitsAnInnerGroup_AllItsErrorsAreTheOuterGroupsToo()
        => HoldsAsync(static token => TaskGroup.RunAsync(
            group =>
            {
                _ = group.Start(Child.Yields);
                _ = group.Start(async inner => await TwoFailAsync(inner));
                return Task.CompletedTask;
            },
            new TaskGroupOptions { MaxConcurrency = 1 },
            token));

    [Fact]
    public Task Scope_ChildAwaitsAnInnerScope_AllItsErrorsAreTheOuterGroupsToo()
        => HoldsAsync(static token => TaskGroup.RunAsync(
            async group =>
            {
                await group.Start(async inner =>
                {
                    await using var scope = TaskGroup.Open(cancellationToken: inner);
                    _ = scope.Start(async token => await TwoFailAsync(token));
                    await scope.JoinAsync();
                });
            },
            token));

    [Fact]
    public Task ForEachAsync_BodyAwaitsAnInnerGroup_AllItsErrorsComeOut()
        => HoldsAsync(
        static token => TaskGroup.ForEachAsync([1], static async (_, inner) => await TwoFailAsync(inner), maxConcurrency: 2, token));

    [Fact]
    public Task ForEachAsync_BodyReturnsSeveralErrors_AllComeOut()
        => HoldsAsync(static token => TaskGroup.ForEachAsync([1], static (_, _) => TwoOfWhenAllAsync(), maxConcurrency: 2, token));

    [Fact]
    public Task MapAsync_SelectorAwaitsAnInnerGroup_AllItsErrorsComeOut()
        => HoldsAsync(static token => TaskGroup.MapAsync(
            [1],
            static async (i, inner) =>
            {
                await TwoFailAsync(inner);
                return i;
            },
            maxConcurrency: 2,
            token));

    [Fact]
    public Task RunWorkersAsync_HandlerAwaitsAnInnerGroup_AllItsErrorsComeOut() => HoldsAsync(static token =>
    {
        var queue = new AsyncWorkQueue<int>();
        queue.TryPut(1);
        return AsyncWorkQueue.RunWorkersAsync(queue, 2, static async (_, inner) => await TwoFailAsync(inner), token);
    });

    [Fact]
    public Task RaceAsync_ContenderAwaitsAnInnerGroup_AllItsErrorsComeOut()
        => HoldsAsync(static token => TaskGroup.RaceAsync<int>(
            [
                static async inner =>
                {
                    await TwoFailAsync(inner);
                    return 1;
                },
            ],
            cancellationToken: token));

    [Fact]
    public Task Deadline_OverAGroup_AllItsErrorsReachTheGroup()
        => HoldsAsync(static token => Deadline.RunAsync(TimeSpan.FromMinutes(1), TwoFailAsync, token), errorsOfTheTask: false);

    [Fact]
    public Task CompleteAsync_OverAGroup_AllItsErrorsReachTheGroup()
        => HoldsAsync(static token => Shield.CompleteAsync(static inner => TwoFailAsync(inner), token), errorsOfTheTask: false);

    [Fact]
    public Task Deadline_OverSeveralErrors_AllReachTheGroup()
        => HoldsAsync(static token => Deadline.RunAsync(TimeSpan.FromMinutes(1), static _ => TwoOfWhenAllAsync(), token),
        errorsOfTheTask: false);

    [Fact]
    public Task CompleteAsync_WithGraceOverAGroup_AllItsErrorsReachTheGroup() => HoldsAsync(static async _ =>
    {
        using var source = new CancellationTokenSource();
        await Shield.CompleteAsync(static inner => TwoFailAsync(inner), source.Token, TimeSpan.FromMinutes(1));
    }, errorsOfTheTask: false);

    [Fact]
    public async Task OnChildFailed_ChildAwaitsAnInnerGroup_HearsOfEachError()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<Type>();
        await TaskGroup.RunAsync(
            async group =>
            {
                var child = group.Start(async inner => await TwoFailAsync(inner));
                await TaskWait.WaitAsync([child]);
            },
            new TaskGroupOptions
            {
                OnChildFailed = failure =>
                {
                    heard.Enqueue(failure.Exception.GetType());
                    failure.Handled = true;
                },
            });
        Assert.Equal(Both, heard);
    }

    [Fact]
    public async Task InnerGroupsErrorsAreHandled_TheOuterGroupSucceeds()
        => await TaskGroup.RunAsync(async group => await group.Start(static async inner =>
        {
            await Assert.ThrowsAsync<FormatException>(() => TwoFailAsync(inner));
        }));

    private static async Task HoldsAsync(Func<CancellationToken, Task> run, bool errorsOfTheTask = true)
    {
        var outcome = await HangGuard.WaitAsync(Outcome.OfAsync(run(CancellationToken.None)));
        if (errorsOfTheTask) outcome.FailsWith(Both);

        // And once more from inside a group.
        var nested = TaskGroup.RunAsync(group => { _ = group.Start(async token => await run(token)); });
        (await HangGuard.WaitAsync(Outcome.OfAsync(nested))).FailsWith(Both);
    }

    /// <summary>A group whose first child fails, and whose second fails in its cleanup.</summary>
    private static Task TwoFailAsync(CancellationToken token) => TaskGroup.RunAsync(
        static group =>
        {
            _ = group.Start(Child.FailsInCleanup);
            _ = group.Start(static async _ =>
            {
                await Task.Yield();
                throw new FormatException();
            });
        },
        token);

    private static Task TwoOfWhenAllAsync()
        => Task.WhenAll(Task.FromException(new FormatException()), Task.FromException(new DivideByZeroException()));
}
