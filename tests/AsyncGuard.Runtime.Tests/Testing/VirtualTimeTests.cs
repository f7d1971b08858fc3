using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Testing;

public sealed class VirtualTimeTests
{
    [Fact]
    public void Run_LongDelays_TakeNoTimeAndTheInstantsAreExact()
    {
        var instants = new List<double>();
        VirtualTime.Run(async time =>
        {
            Assert.Equal(VirtualTime.Start, time.UtcNow);
            await TaskGroup.RunAsync(group =>
            {
                for (var i = 1; i <= 3; i++)
                {
                    var hours = i;
                    _ = group.Start(async token =>
                    {
                        await time.Delay(TimeSpan.FromHours(hours), token);
                        instants.Add(time.Elapsed.TotalHours);
                    });
                }
            });
            Assert.Equal(VirtualTime.Start.AddHours(3), time.TimeProvider.GetUtcNow());
            Assert.Equal(time.Elapsed, time.TimeProvider.GetElapsedTime(0));
        });
        Assert.Equal([1, 2, 3], instants);
    }

    [Fact]
    public void Run_Result_ComesOut() => Assert.Equal(5, VirtualTime.Run(async time =>
    {
        await time.Delay(1);
        return 5;
    }));

    [Fact]
    public void RunSeeds_ReadyAtOnce_AllOrdersAreSeenAndRepeatable()
    {
        var orders = new HashSet<string>();
        VirtualTime.RunSeeds(400, async time =>
        {
            var order = await OrderAsync();
            orders.Add(order);
            Assert.Equal(time.Seed is null, order == "0123" && time.Seed is null);
        });
        Assert.Equal(24, orders.Count);
        for (var seed = 1; seed < 50; seed++)
            Assert.Equal(VirtualTime.Run(_ => OrderAsync(), seed), VirtualTime.Run(_ => OrderAsync(), seed));

        static async Task<string> OrderAsync()
        {
            var order = "";
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
            {
                await Task.Yield();
                order += i;
            }));
            return order;
        }
    }

    [Fact]
    public void RunSeeds_Fails_NamesTheSeed()
    {
        var exception =
            Assert.Throws<VirtualTimeException>(
            () => VirtualTime.RunSeeds(10, time => time.Seed == 7 ? throw new FormatException() : Task.CompletedTask));
        Assert.Equal(7, exception.Seed);
        Assert.IsType<FormatException>(exception.InnerException);
        Assert.Contains("seed: 7", exception.Message);
        Assert.Null(Assert.Throws<VirtualTimeException>(() => VirtualTime.RunSeeds(1, static _ => throw new FormatException())).Seed);
    }

    [Fact]
    public void SettleAsync_CompletesWhenNothingElseCanRun_WithoutMovingTheClock() => VirtualTime.RunSeeds(50, async time =>
    {
        var steps = 0;
        var work = Work();
        await time.SettleAsync();
        Assert.Equal(5, steps);
        Assert.Equal(TimeSpan.Zero, time.Elapsed);
        await work;
        Assert.Equal(6, steps);

        async Task Work()
        {
            for (var i = 0; i < 5; i++)
            {
                await Task.Yield();
                steps++;
            }

            await time.Delay(1);
            steps++;
        }
    });

    [Fact]
    public void HoldTime_WorkOnAnotherThread_IsWaitedFor() => VirtualTime.Run(async time =>
    {
        using var go = new ManualResetEventSlim();
        var hold = time.HoldTime();
        var external = BlockingWork.RunAsync(() =>
        {
            go.Wait();
            hold.Dispose();
        });
        var delay = time.Delay(60);
        await time.SettleAsync();
        Assert.False(delay.IsCompleted);
        go.Set();
        await external;
        await delay;
        hold.Dispose();
    });

    [Fact]
    public void Run_Deadlock_FailsInsteadOfHanging()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => VirtualTime.Run(time =>
        {
            time.Loop.HangTimeout = TimeSpan.FromMilliseconds(20);
            return new TaskCompletionSource().Task;
        }));
        Assert.StartsWith("Deadlock", exception.Message);
    }
}
