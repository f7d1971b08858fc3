using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Queues;

/// <summary>What CPython's tests say of <c>Queue</c>, under every order of the ready queue and on the thread pool.</summary>
public sealed class AsyncWorkQueueFactsTests
{
    public static TheoryData<QueueOrder> Orders => new(QueueOrder.Fifo, QueueOrder.Lifo, QueueOrder.Priority);

    [Fact]
    public Task Get_FromANonEmptyQueue_IsCompleteAtOnce() => Everywhere.HoldsAsync(() =>
    {
        var queue = new AsyncWorkQueue<int>();
        Assert.True(queue.TryPut(1));
        var get = queue.GetAsync();
        Assert.True(get.IsCompletedSuccessfully);
        Assert.Equal(0, queue.Count);
        return get.AsTask();
    });

    [Fact]
    public Task Get_WithAWaitingPutter_WakesIt() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>(1);
        await queue.PutAsync(1);
        var put = queue.PutAsync(2).AsTask();
        Assert.Equal(1, await queue.GetAsync());
        await put;
        Assert.Equal(1, queue.Count);
    });

    [Fact]
    public Task Get_Waiting_GetsWhatIsPut() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>(1);
        var started = new TaskCompletionSource();
        var get = GetAsync();
        await started.Task;
        await queue.PutAsync(1);
        Assert.Equal(1, await get);
        Assert.Equal(0, queue.Count);

        async Task<int> GetAsync()
        {
            started.SetResult();
            return await queue.GetAsync();
        }
    });

    [Fact]
    public Task Get_WithTwoWaitingPutters_ItemsKeepTheirOrder() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<string>(1);
        await queue.PutAsync("first");
        var a = queue.PutAsync("a").AsTask();
        var b = queue.PutAsync("b").AsTask();
        Assert.Equal("first", await queue.GetAsync());
        Assert.Equal("a", await queue.GetAsync());
        Assert.Equal("b", await queue.GetAsync());
        await a;
        await b;
    });

    [Fact]
    public Task ProducerAndConsumer_OverOnePlace_Complete() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>(1);
        var taken = new List<int>();
        await TaskGroup.RunAsync(group =>
        {
            _ = group.Start(async token =>
            {
                for (var i = 0; i < 10; i++) await queue.PutAsync(i, token);
            });
            _ = group.Start(async token =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await Task.Yield();
                    taken.Add(await queue.GetAsync(token));
                }
            });
        });
        Assert.Equal(Enumerable.Range(0, 10), taken);
    });

    [Fact]
    public Task CancelledReader_ItemAlreadyHandedOver_IsKeptByItOrByTheQueue() => Everywhere.HoldsAsync(async () =>
    {
        // get_cancel_drop_one_pending_reader: the put and the cancellation come at the same moment.
        var queue = new AsyncWorkQueue<int>();
        using var source = new CancellationTokenSource();
        var reader = queue.GetAsync(source.Token).AsTask();
        await queue.PutAsync(1);
        source.Cancel();
        var outcome = await Outcome.OfAsync(reader);
        var item = outcome.Status == TaskStatus.RanToCompletion ? await reader : await queue.GetAsync();
        Assert.Equal(1, item);
        Assert.Equal(0, queue.Count);
    });

    [Fact]
    public Task ManyReaders_SomeCancelled_EveryItemArrivesOnce() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>();
        using var source = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 6).Select(i => queue.GetAsync(i % 2 == 0 ? source.Token : default).AsTask()).ToArray();
        var cancel = Task.Run(source.Cancel);
        for (var i = 0; i < 3; i++) await queue.PutAsync(i);
        await cancel;
        var seen = new List<int>();
        while (queue.TryGet(out var left)) seen.Add(left);
        // Readers that cannot be cancelled and found nothing yet are fed here.
        for (var i = 0; readers.Any(static reader => !reader.IsCompleted); i++) await queue.PutAsync(100 + i);
        foreach (var reader in readers)
        {
            if ((await Outcome.OfAsync(reader)).Status == TaskStatus.RanToCompletion) seen.Add(await reader);
        }

        while (queue.TryGet(out var left)) seen.Add(left);
        Assert.Equal([0, 1, 2], seen.Where(static item => item < 100).Order());
        Assert.Equal((0, 0, 0), queue.WaiterCounts);
    });

    [Fact]
    public Task CancelledPutter_Retries_TheItemIsThereOnce() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>(1);
        await queue.PutAsync(1);
        using var source = new CancellationTokenSource();
        var put = queue.PutAsync(2, source.Token).AsTask();
        await Task.Yield();
        source.Cancel();
        (await Outcome.OfAsync(put)).IsCanceledBy(source.Token);
        Assert.Equal(1, await queue.GetAsync());
        await queue.PutAsync(2);
        Assert.Equal(2, await queue.GetAsync());
        Assert.Equal(0, queue.Count);
    });

    [Fact]
    public Task Put_WithAWaitingGetter_HandsOver() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<string>(1);
        var getter = queue.GetAsync().AsTask();
        Assert.True(queue.TryPut("a"));
        Assert.Equal("a", await getter);
        Assert.Equal(0, queue.Count);
    });

    [Fact]
    public Task BatchDrain_WakesEveryPutterThatFits() => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>(2);
        var puts = Enumerable.Range(0, 6).Select(i => queue.PutAsync(i).AsTask()).ToArray();
        var taken = new List<int>();
        while (taken.Count < 6)
        {
            while (queue.TryGet(out var item)) taken.Add(item);
            await Task.Yield();
        }

        await Task.WhenAll(puts);
        Assert.Equal(Enumerable.Range(0, 6), taken);
    });

    [Theory]
    [MemberData(nameof(Orders))]
    public Task Join_EachOrder_SeesEveryItemDone(QueueOrder order) => Everywhere.HoldsAsync(async () =>
    {
        var queue = new AsyncWorkQueue<int>(order: order);
        await queue.JoinAsync();
        await queue.JoinAsync();
        var done = 0;
        for (var i = 0; i < 20; i++) queue.TryPut(i);
        var join = queue.JoinAsync();
        await TaskGroup.RunAsync(group =>
        {
            for (var worker = 0; worker < 2; worker++)
            {
                _ = group.Start(async _ =>
                {
                    while (queue.TryGet(out var _))
                    {
                        await Task.Yield();
                        Assert.False(join.IsCompleted);
                        Interlocked.Increment(ref done);
                        queue.TaskDone();
                    }
                });
            }
        });
        await join;
        Assert.Equal(20, done);
        Assert.Throws<InvalidOperationException>(queue.TaskDone);
    });

    [Theory]
    [MemberData(nameof(Orders))]
    public Task Shutdown_EachOrder_ReleasesGetterPutterAndJoin(QueueOrder order) => Everywhere.HoldsAsync(async () =>
    {
        var empty = new AsyncWorkQueue<int>(order: order);
        var getter = empty.GetAsync().AsTask();
        await Task.Yield();
        empty.Shutdown();
        (await Outcome.OfAsync(getter)).FailsWith<QueueShutDownException>();
        await empty.JoinAsync();

        var full = new AsyncWorkQueue<int>(1, order);
        await full.PutAsync(1);
        var putter = full.PutAsync(2).AsTask();
        var join = full.JoinAsync();
        await Task.Yield();
        full.Shutdown(immediate: true);
        (await Outcome.OfAsync(putter)).FailsWith<QueueShutDownException>();
        (await Outcome.OfAsync(full.GetAsync().AsTask())).FailsWith<QueueShutDownException>();
        await join;
    });
}
