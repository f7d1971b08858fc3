using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Races;

/// <summary>All who waited at one zero are released by it, whatever begins at the same moment.</summary>
[Collection(nameof(UnobservedCollection))]
public sealed class JoinerRaceTests
{
    [Fact]
    public async Task JoinAsync_PutRacesWithTheLastTaskDone_AllJoinersOrNone()
    {
        var rounds = Soak.Times(5_000);
        for (var round = 0; round < rounds; round++)
        {
            var queue = new AsyncWorkQueue<int>();
            queue.TryPut(1);
            Assert.True(queue.TryGet(out _));
            var joins = Enumerable.Range(0, 8).Select(_ => queue.JoinAsync()).ToArray();
            using var start = new Barrier(2);
            var spins = round % 60;
            var put = Task.Run(() =>
            {
                start.SignalAndWait();
                Thread.SpinWait(spins);
                queue.TryPut(2);
            });
            start.SignalAndWait();
            queue.TaskDone();
            await put;
            Assert.Contains(joins.Count(static join => join.IsCompleted), new[] { 0, 8 });
        }
    }

    [Fact]
    public async Task WaitForPendingAsync_NewWorkRacesWithTheEndOfTheLast_AllWaitersOrNone()
    {
        await HangGuard.WaitAsync(Shield.WaitForPendingAsync(Timeout.InfiniteTimeSpan));
        var rounds = Soak.Times(5_000);
        using var waiter = new CancellationTokenSource();
        for (var round = 0; round < rounds; round++)
        {
            var first = new TaskCompletionSource();
            var second = new TaskCompletionSource();
            var one = Shield.RunAsync(_ => first.Task, waiter.Token);
            var waits = Enumerable.Range(0, 8).Select(static _ => Shield.WaitForPendingAsync(Timeout.InfiniteTimeSpan)).ToArray();
            using var start = new Barrier(2);
            var spins = round % 60;
            var other = Task.Run(() =>
            {
                start.SignalAndWait();
                Thread.SpinWait(spins);
                _ = Shield.RunAsync(_ => second.Task, waiter.Token);
            });
            start.SignalAndWait();
            first.SetResult();
            await other;
            Assert.Contains(waits.Count(static wait => wait.IsCompleted), new[] { 0, 8 });
            second.SetResult();
            await HangGuard.WaitAsync(Task.WhenAll(waits));
            await one;
        }
    }
}
