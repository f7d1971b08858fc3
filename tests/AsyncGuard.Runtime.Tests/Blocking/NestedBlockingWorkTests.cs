using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Blocking;

/// <summary>Blocking work that waits for blocking work gets on with all threads taken.</summary>
public sealed class NestedBlockingWorkTests
{
    [Fact]
    public Task Nested_AllThreadsWait_AllEnd() =>
    HoldsAsync(static limiter => BlockingWork.RunAsync(static () => 1, limiter: limiter).GetAwaiter().GetResult());

    [Fact]
    public Task NestedTwice_AllThreadsWait_AllEnd()
        => HoldsAsync(static limiter => BlockingWork.RunAsync(
            () => BlockingWork.RunAsync(static () => 1, limiter: limiter).GetAwaiter().GetResult(), limiter: limiter).GetAwaiter()
                .GetResult());

    [Fact]
    public Task NestedThroughAsyncCode_AllThreadsWait_AllEnd() => HoldsAsync(static limiter =>
    {
        return CallAsync().GetAwaiter().GetResult();

        async Task<int> CallAsync()
        {
            await Task.Yield();
            return await BlockingWork.RunAsync(static () => 1, limiter: limiter);
        }
    });

    [Fact]
    public Task Nested_SeveralAtOnce_AllEnd() => HoldsAsync(static limiter =>
    {
        var parts = Enumerable.Range(0, 5).Select(_ => BlockingWork.RunAsync(static () => 1, limiter: limiter)).ToArray();
        return Task.WhenAll(parts).GetAwaiter().GetResult().Sum() / 5;
    });

    [Fact]
    public async Task WorkThatHasEnded_LendsNoThread()
    {
        var limiter = new BlockingLimiter(1, "lent");
        using var release = new ManualResetEventSlim();
        Func<Task<int>>? late = null;
        await BlockingWork.RunAsync(
            () =>
            {
                var flow = ExecutionContext.Capture()!;
                late = () =>
                {
                    Task<int>? task = null;
                    ExecutionContext.Run(flow, _ => task = BlockingWork.RunAsync(static () => 1, limiter: limiter), null);
                    return task!;
                };
            },
            limiter: limiter);
        using var taken = new ManualResetEventSlim();
        var first = BlockingWork.RunAsync(
            () =>
            {
                taken.Set();
                release.Wait();
            },
            limiter: limiter);
        Assert.True(taken.Wait(HangGuard.Limit));
        var second = late!();
        Assert.Equal(1, limiter.WaitingCount);
        release.Set();
        await HangGuard.WaitAsync(first);
        Assert.Equal(1, await HangGuard.WaitAsync(second));
    }

    private static async Task HoldsAsync(Func<BlockingLimiter, int> work)
    {
        var limiter = new BlockingLimiter(2, "nested");
        var jobs = Enumerable.Range(0, 16).Select(_ => BlockingWork.RunAsync(() => work(limiter), limiter: limiter)).ToArray();
        Assert.All(await HangGuard.WaitAsync(Task.WhenAll(jobs)), static result => Assert.Equal(1, result));
    }
}
