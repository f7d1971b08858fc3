using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>The cause is recorded before what it causes, also where the child's task continues its awaiters asynchronously.</summary>
public sealed class ErrorOrderTests
{
    private static readonly int Rounds = Soak.Times(500);

    [Fact]
    public Task AsynchronousContinuations_BodyWrapsTheError_CauseFirst() => HoldsAsync(static (group, child) => group.Start(_ => child));

    [Fact]
    public Task AsynchronousContinuations_WithHandle_CauseFirst() =>
    HoldsAsync(static (group, child) => group.StartCancellable(_ => child).Task);

    [Fact]
    public Task AsynchronousContinuations_WithState_CauseFirst() =>
    HoldsAsync(static (group, child) => group.Start(static (child, _) => child, child));

    [Fact]
    public Task AsynchronousContinuations_StartedByTryStart_CauseFirst()
        => HoldsAsync(static (group, child) => group.TryStart(_ => child, out var started) ? started
        : throw new InvalidOperationException());

    [Fact]
    public Task AsynchronousContinuations_InALimitedGroup_CauseFirst()
        => HoldsAsync(static (group, child) => group.Start(_ => child), new TaskGroupOptions { MaxConcurrency = 1, Name = "limited" });

    [Fact]
    public async Task AsynchronousContinuations_ResultAndCancellation_PassThrough()
    {
        using var source = new CancellationTokenSource();
        await TaskGroup.RunAsync(async group =>
        {
            var value = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var child = group.Start(_ => value.Task);
            Assert.False(child.IsCompleted);
            value.SetResult(7);
            Assert.Equal(7, await child);

            var canceled = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var handle = group.StartCancellable(_ => canceled.Task);
            handle.Cancel();
            source.Cancel();
            canceled.SetCanceled(source.Token);
            (await Outcome.OfAsync(handle.Task)).IsCanceledBy(source.Token);
        });
    }

    [Fact]
    public async Task AsynchronousContinuations_SeveralErrors_AllPassThrough()
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? child = null;
        var run = TaskGroup.RunAsync(group => { child = group.Start(_ => signal.Task); });
        signal.SetException([new FormatException(), new DivideByZeroException()]);
        (await Outcome.OfAsync(run)).FailsWith(typeof(FormatException), typeof(DivideByZeroException));
        (await Outcome.OfAsync(child!)).FailsWith(typeof(FormatException), typeof(DivideByZeroException));
    }

    /// <summary>The child's task is complete, and the thread that completes it has not reached the group yet.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task BodyLooksAtTheTaskBeforeTheGroupIsNotified_CauseFirst(bool isDeep, bool isAggregate)
    {
        var signal = new TaskCompletionSource();
        using var gate = new ManualResetEventSlim();
        // Registered before the group's own, so the group is notified after it.
        var blocked = signal.Task.ContinueWith(
            _ => gate.Wait(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var bodyHasFailed = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(async group =>
        {
            group.CancellationToken.Register(bodyHasFailed.SetResult);
            var child = group.Start(_ => signal.Task);
            ThreadPool.UnsafeQueueUserWorkItem(static signal => ((TaskCompletionSource)signal!).SetException(new FormatException()),
                signal);
            while (!child.IsCompleted) await Task.Yield();
            try
            {
                await child;
            }
            catch (FormatException exception)
            {
                Exception cause = isDeep ? new InvalidCastException("between", exception) : exception;
                throw new InvalidOperationException(
                    "consequence", isAggregate ? new AggregateException(new DivideByZeroException(), cause) : cause);
            }
        });
        await HangGuard.WaitAsync(bodyHasFailed.Task);
        gate.Set();
        await blocked;
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith(typeof(FormatException), typeof(InvalidOperationException));
    }

    private static async Task HoldsAsync(Func<TaskGroup, Task, Task> start, TaskGroupOptions? options = null)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var wasStopping = false;
            var run = TaskGroup.RunAsync(
                async group =>
                {
                    try
                    {
                        await start(group, signal.Task).ConfigureAwait(false);
                    }
                    catch (FormatException exception)
                    {
                        wasStopping = group.IsCancellationRequested;
                        throw new InvalidOperationException("consequence", exception);
                    }
                },
                options ?? new TaskGroupOptions());
            ThreadPool.UnsafeQueueUserWorkItem(static signal => ((TaskCompletionSource)signal!).SetException(new FormatException()),
                signal);
            (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith(typeof(FormatException), typeof(InvalidOperationException));
            Assert.True(wasStopping);
        }
    }
}
