using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Workers;
using Xunit;

namespace AsyncGuard.Samples.Tests;

public sealed class WorkersTests
{
    [Fact]
    public async Task Program_ComparesBothPipelines()
    {
        var (results, _) = await SampleProgram.RunAsync<Results>("Workers", "--orders", "12");

        var before = Assert.Single(results.Runs, run => run.Form == "before");
        Assert.True(before.MostWaiting > Comparison.Capacity, $"{before.MostWaiting} waited");
        Assert.All(results.Runs.Where(run => run.Form == "after"), run =>
        {
            Assert.InRange(run.MostWaiting, 1, Comparison.Capacity);
            Assert.Equal(run.Workers, run.MostAtOnce);
            Assert.Equal($"{run.Workers} Canceled", run.HowWorkersEnded);
        });
        Assert.StartsWith("still waiting", results.Failures[0].Outcome);
        Assert.Equal("throws: order 7 has no address", results.Failures[1].Outcome);
    }

    [Fact]
    public async Task After_HandlesEachOrderOnce_AndTakesThemInTurn()
    {
        var taken = new List<int>();
        var pipeline = new Workers.After.Pipeline(
            async (order, token) =>
            {
                lock (taken) taken.Add(order.Number);
                await Task.Delay(1, token);
            },
            capacity: 2);

        var ended = await pipeline.RunAsync(Order.ArriveAsync(Order.Some(50)), workers: 1, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 50), taken);
        Assert.Equal([TaskStatus.Canceled], ended);
        Assert.Equal(0, pipeline.Waiting);
    }

    [Fact]
    public async Task After_Cancelled_EndsWithAllItsWorkers()
    {
        using var stop = new CancellationTokenSource();
        var running = 0;
        var pipeline = new Workers.After.Pipeline(
            async (_, token) =>
            {
                if (Interlocked.Increment(ref running) == 3) await stop.CancelAsync();
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    Interlocked.Decrement(ref running);
                }
            },
            capacity: 2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => pipeline.RunAsync(Order.ArriveAsync(Order.Some(50)), workers: 3, stop.Token));

        Assert.Equal(0, running);
    }
}
