using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Queues;

public sealed class AsyncWorkQueueTests
{
    [Theory]
    [InlineData(QueueOrder.Fifo, new[] { 1, 3, 2 })]
    [InlineData(QueueOrder.Lifo, new[] { 2, 3, 1 })]
    [InlineData(QueueOrder.Priority, new[] { 1, 2, 3 })]
    public void TryGet_EachOrder_HandsOutInIt(QueueOrder order, int[] expected)
    {
        var queue = new AsyncWorkQueue<int>(order: order);
        foreach (var item in new[] { 1, 3, 2 }) Assert.True(queue.TryPut(item));
        Assert.Equal(3, queue.Count);
        var taken = new List<int>();
        while (queue.TryGet(out var item)) taken.Add(item);
        Assert.Equal(expected, taken);
    }

    [Fact]
    public void Priority_EqualItems_OldestFirstAndByComparer()
    {
        var random = new Random(1);
        var queue = new AsyncWorkQueue<(int Key, int Number)>(0, QueueOrder.Priority,
            Comparer<(int Key, int Number)>.Create(static (x, y) => y.Key.CompareTo(x.Key)));
        var items = Enumerable.Range(0, 500).Select(i => (Key: random.Next(10), Number: i)).ToArray();
        foreach (var item in items) queue.TryPut(item);
        var taken = new List<(int Key, int Number)>();
        while (queue.TryGet(out var item)) taken.Add(item);
        Assert.Equal(items.OrderByDescending(static item => item.Key).ThenBy(static item => item.Number), taken);
    }

    [Fact]
    public Task PutAsync_Full_WaitsAndResumesInOrder() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<string>(2);
        await queue.PutAsync("a");
        await queue.PutAsync("b");
        Assert.False(queue.TryPut("x"));
        var c = queue.PutAsync("c").AsTask();
        var d = queue.PutAsync("d").AsTask();
        Assert.False(c.IsCompleted);
        Assert.Equal("a", await queue.GetAsync());
        await c;
        Assert.False(d.IsCompleted);
        Assert.True(queue.TryGet(out var b));
        Assert.Equal("b", b);
        await d;
        Assert.Equal(2, queue.Count);
        Assert.Equal(4, queue.UnfinishedCount);
        Assert.Equal("c", await queue.GetAsync());
        Assert.Equal("d", await queue.GetAsync());
    });

    [Fact]
    public Task GetAsync_CancelledWaiter_TheItemGoesToTheNext() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<string>();
        using var source = new CancellationTokenSource();
        var first = queue.GetAsync(source.Token).AsTask();
        var second = queue.GetAsync().AsTask();
        source.Cancel();
        await queue.PutAsync("a");
        Assert.Equal("a", await second);
        (await Outcome.OfAsync(first)).IsCanceledBy(source.Token);
        Assert.Equal((0, 0, 0), queue.WaiterCounts);
    });

    [Fact]
    public Task PutAsync_CancelledWaiter_ItsItemIsNotPut() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<string>(1);
        await queue.PutAsync("a");
        using var source = new CancellationTokenSource();
        var b = queue.PutAsync("b", source.Token).AsTask();
        var c = queue.PutAsync("c").AsTask();
        source.Cancel();
        Assert.Equal("a", await queue.GetAsync());
        await c;
        (await Outcome.OfAsync(b)).IsCanceledBy(source.Token);
        Assert.Equal("c", await queue.GetAsync());
        Assert.Equal(0, queue.Count);
        Assert.Equal(2, queue.UnfinishedCount);
    });

    [Fact]
    public async Task CancelledBeforehand_NothingHappens()
    {
        var queue = new AsyncWorkQueue<int>();
        var cancelled = new CancellationToken(canceled: true);
        (await Outcome.OfAsync(queue.PutAsync(1, cancelled).AsTask())).IsCanceledBy(cancelled);
        Assert.Equal(0, queue.Count);
        queue.TryPut(1);
        (await Outcome.OfAsync(queue.GetAsync(cancelled).AsTask())).IsCanceledBy(cancelled);
        (await Outcome.OfAsync(queue.JoinAsync(cancelled))).IsCanceledBy(cancelled);
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void TaskDone_MoreThanPut_Throws()
    {
        var queue = new AsyncWorkQueue<int>();
        Assert.Throws<InvalidOperationException>(queue.TaskDone);
        queue.TryPut(1);
        queue.TaskDone();
        Assert.Throws<InvalidOperationException>(queue.TaskDone);
    }

    [Fact]
    public Task JoinAsync_TwoWorkers_SeesAllItemsDone() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>();
        await queue.JoinAsync();
        var sum = 0;
        await TaskGroup.RunAsync(async group =>
        {
            for (var i = 0; i < 100; i++) queue.TryPut(i);
            for (var i = 0; i < 2; i++)
            {
                _ = group.Start(async token =>
                {
                    await foreach (var item in queue.ReadAllAsync(token))
                    {
                        await Task.Yield();
                        Interlocked.Add(ref sum, item);
                        queue.TaskDone();
                    }
                });
            }

            var first = queue.JoinAsync();
            using var source = new CancellationTokenSource();
            var second = queue.JoinAsync(source.Token);
            source.Cancel();
            (await Outcome.OfAsync(second)).IsCanceledBy(source.Token);
            await first;
            Assert.Equal(4950, sum);
            queue.Shutdown();
        });
    });

    [Fact]
    public Task Shutdown_Empty_WaitersAreReleased() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>();
        var getter = queue.GetAsync().AsTask();
        queue.Shutdown();
        Assert.True(queue.IsShutDown);
        (await Outcome.OfAsync(getter)).FailsWith<QueueShutDownException>();
        (await Outcome.OfAsync(queue.GetAsync().AsTask())).FailsWith<QueueShutDownException>();
        (await Outcome.OfAsync(queue.PutAsync(1).AsTask())).FailsWith<QueueShutDownException>();
        Assert.Throws<QueueShutDownException>(() => queue.TryPut(1));
        Assert.False(queue.TryGet(out _));
        await queue.JoinAsync();
    });

    [Fact]
    public Task Shutdown_NonEmpty_DrainsAndJoinWaits() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>(1);
        await queue.PutAsync(1);
        var blocked = queue.PutAsync(2).AsTask();
        queue.Shutdown();
        (await Outcome.OfAsync(blocked)).FailsWith<QueueShutDownException>();
        Assert.Equal(1, await queue.GetAsync());
        var join = queue.JoinAsync();
        Assert.False(join.IsCompleted);
        queue.TaskDone();
        await join;
        Assert.Throws<InvalidOperationException>(queue.TaskDone);
        (await Outcome.OfAsync(queue.GetAsync().AsTask())).FailsWith<QueueShutDownException>();
    });

    [Fact]
    public Task Shutdown_Immediate_DropsItemsButNotThoseThatAreOwed() => Everywhere.HoldsAsync(async () =>
    {
        await using var queue = new AsyncWorkQueue<int>();
        queue.TryPut(1);
        queue.TryPut(2);
        queue.TryPut(3);
        Assert.Equal(1, await queue.GetAsync());
        var join = queue.JoinAsync();
        queue.Shutdown(immediate: true);
        Assert.Equal(1, queue.UnfinishedCount);
        Assert.False(join.IsCompleted);
        queue.TaskDone();
        await join;
    });

    [Fact]
    public async Task Waiters_ManyCancelled_LeaveTheLine()
    {
        var queue = new AsyncWorkQueue<int>(1);
        queue.TryPut(0);
        using var source = new CancellationTokenSource();
        var puts = Enumerable.Range(0, 1000).Select(i => queue.PutAsync(i, source.Token).AsTask()).ToArray();
        Assert.Equal((0, 1000, 0), queue.WaiterCounts);
        Assert.Equal("queue: 1 of 1, 1 unfinished, 0 getters, 1000 putters", queue.ToString());
        source.Cancel();
        Assert.Equal((0, 0, 0), queue.WaiterCounts);
        foreach (var put in puts) (await Outcome.OfAsync(put)).IsCanceledBy(source.Token);
    }

    [Fact]
    public void Constructor_BadArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsyncWorkQueue<int>(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AsyncWorkQueue<int>(0, (QueueOrder)9));
        Assert.Equal("queue: 0 of any number, 0 unfinished, 0 getters, 0 putters", new AsyncWorkQueue<int>().ToString());
    }

    [Fact]
    public void RunWorkersAsync_Items_EachHandledOnceByAtMostSoMany() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var seen = new List<int>();
        var running = 0;
        await AsyncWorkQueue.RunWorkersAsync(
            Enumerable.Range(0, 20),
            4,
            async (item, token) =>
            {
                Assert.InRange(++running, 1, 4);
                await time.Delay(1, token);
                running--;
                seen.Add(item);
            });
        Assert.Equal(Enumerable.Range(0, 20), seen.Order());
        Assert.Equal(5, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public Task RunWorkersAsync_HandlerFails_TheQueueIsShutDownAndNoWaiterHangs() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>(1);
        var outcome = Outcome.OfAsync(AsyncWorkQueue.RunWorkersAsync(
            queue,
            2,
            async (item, token) =>
            {
                await Task.Yield();
                if (item == 3) throw new FormatException();
            }));
        var refused = 0;
        for (var i = 0; refused == 0; i++)
        {
            try
            {
                await queue.PutAsync(i);
                await Task.Yield();
            }
            catch (QueueShutDownException)
            {
                refused++;
            }
        }

        (await outcome).FailsWith<FormatException>();
        await queue.JoinAsync();
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadAllAsync_EndsWithoutAnException(bool whileItWaits)
    {
        var thrown = 0;
        var queue = new AsyncWorkQueue<int>();
        queue.TryPut(1);
        if (!whileItWaits) queue.Shutdown();
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            var reader = ReadAsync();
            queue.Shutdown();
            Assert.Equal([1], await reader);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        Assert.Equal(0, Volatile.Read(ref thrown));

        async Task<List<int>> ReadAsync()
        {
            var items = new List<int>();
            await foreach (var item in queue.ReadAllAsync()) items.Add(item);
            return items;
        }

        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs arguments)
        {
            if (arguments.Exception is QueueShutDownException) Interlocked.Increment(ref thrown);
        }
    }

    [Fact]
    public async Task ReadAllAsync_Cancelled_TakesNoMore()
    {
        var queue = new AsyncWorkQueue<int>();
        queue.TryPut(1);
        queue.TryPut(2);
        using var source = new CancellationTokenSource();
        var items = queue.ReadAllAsync(source.Token).GetAsyncEnumerator();
        Assert.True(await items.MoveNextAsync());
        source.Cancel();
        (await Outcome.OfAsync(items.MoveNextAsync())).IsCanceledBy(source.Token);
        Assert.Equal(1, queue.Count);

        var waiting = new AsyncWorkQueue<int>();
        using var other = new CancellationTokenSource();
        var empty = waiting.ReadAllAsync(other.Token).GetAsyncEnumerator();
        var move = Outcome.OfAsync(empty.MoveNextAsync());
        other.Cancel();
        (await move).IsCanceledBy(other.Token);
        Assert.Equal(0, waiting.WaiterCounts.Getters);
    }

    [Fact]
    public Task RunWorkersAsync_ShutDown_EndsWhenAllIsHandled() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>();
        var handled = 0;
        for (var i = 0; i < 10; i++) queue.TryPut(i);
        queue.Shutdown();
        await AsyncWorkQueue.RunWorkersAsync(
            queue,
            3,
            async (_, _) =>
            {
                await Task.Yield();
                Interlocked.Increment(ref handled);
            });
        Assert.Equal(10, handled);
        await queue.JoinAsync();
        Assert.Throws<ArgumentOutOfRangeException>(
            () => { _ = AsyncWorkQueue.RunWorkersAsync([1], 0, static (_, _) => Task.CompletedTask); });
    });
}
