using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Queues;

/// <summary>A comparer that throws fails the call that needs it, and changes nothing.</summary>
public sealed class ThrowingComparerTests
{
    [Fact]
    public async Task PutAsync_ItemsCannotBeCompared_ThePutFailsAndNothingWasPut()
    {
        var queue = new AsyncWorkQueue<object>(0, QueueOrder.Priority);
        await queue.PutAsync(new object());
        var put = queue.PutAsync(new object());
        await Assert.ThrowsAnyAsync<Exception>(async () => await put);
        Assert.ThrowsAny<Exception>(() => queue.TryPut(new object()));
        Assert.Equal(1, queue.Count);
        Assert.Equal(1, queue.UnfinishedCount);
        Assert.True(queue.TryGet(out _));
        queue.TaskDone();
        await HangGuard.WaitAsync(queue.JoinAsync());
    }

    [Fact]
    public async Task GetAsync_ComparerThrows_TheItemStaysAndTheOrderToo()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var budget = int.MaxValue;
            var queue = new AsyncWorkQueue<int>(
                0, QueueOrder.Priority, Comparer<int>.Create((x, y) => budget-- > 0 ? x.CompareTo(y) : throw new FormatException()));
            var items = Enumerable.Range(0, 1 + random.Next(40)).Select(_ => random.Next(20)).ToList();
            var kept = new List<int>();
            foreach (var item in items)
            {
                budget = random.Next(6);
                try
                {
                    await queue.PutAsync(item);
                    kept.Add(item);
                }
                catch (FormatException)
                {
                    // The put failed: the item must not be there.
                }
            }

            Assert.Equal(kept.Count, queue.Count);
            Assert.Equal(kept.Count, queue.UnfinishedCount);

            var taken = new List<int>();
            while (queue.Count > 0)
            {
                // Enough for some gets and not for others.
                budget = random.Next(16);
                var before = queue.Count;
                try
                {
                    taken.Add(await queue.GetAsync());
                    queue.TaskDone();
                }
                catch (FormatException)
                {
                    Assert.Equal(before, queue.Count);
                }
            }

            Assert.Equal(kept.Order(), taken);
            await HangGuard.WaitAsync(queue.JoinAsync());
        }
    }

    [Fact]
    public async Task WaitingPut_ItsItemCannotBeCompared_ThePutFailsAndTheGetDoesNot()
    {
        var isBroken = false;
        var queue = new AsyncWorkQueue<int>(
            2, QueueOrder.Priority,
            Comparer<int>.Create((x, y) => isBroken && (x == 9 || y == 9) ? throw new FormatException() : x.CompareTo(y)));
        await queue.PutAsync(1);
        await queue.PutAsync(2);
        var bad = queue.PutAsync(9).AsTask();
        var good = queue.PutAsync(3).AsTask();
        isBroken = true;
        Assert.Equal(1, await queue.GetAsync());
        (await HangGuard.WaitAsync(Outcome.OfAsync(bad))).FailsWith<FormatException>();
        await HangGuard.WaitAsync(good);
        Assert.Equal(2, queue.Count);
        Assert.Equal(3, queue.UnfinishedCount);
        Assert.Equal(2, await queue.GetAsync());
        Assert.Equal(3, await queue.GetAsync());
    }

    [Theory]
    [InlineData("put")]
    [InlineData("get")]
    [InlineData("shut down")]
    public async Task ComparerChangesItsQueue_TheCallFailsAndNothingIsLost(string change)
    {
        AsyncWorkQueue<int>? queue = null;
        var isArmed = false;
        queue = new AsyncWorkQueue<int>(0, QueueOrder.Priority, Comparer<int>.Create((x, y) =>
        {
            if (isArmed)
            {
                switch (change)
                {
                    case "put":
                        queue!.TryPut(0);
                        break;
                    case "get":
                        queue!.TryGet(out _);
                        break;
                    default:
                        queue!.Shutdown(immediate: true);
                        break;
                }
            }

            return x.CompareTo(y);
        }));
        foreach (var item in new[] { 5, 3, 8, 1 }) await queue.PutAsync(item);
        isArmed = true;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await queue.PutAsync(4));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await queue.GetAsync());
        isArmed = false;
        Assert.Equal(4, queue.UnfinishedCount);
        var taken = new List<int>();
        while (queue.TryGet(out var item)) taken.Add(item);
        Assert.Equal([1, 3, 5, 8], taken);
    }
}
