using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Waiting;

[Collection(nameof(UnobservedCollection))]
public sealed class TaskWaitTests
{
    [Fact]
    public void WaitAsync_AllCompleted_WaitsForAllAndThrowsNothing() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var good = After(time, 2);
        var bad = After(time, 1, new FormatException());
        var (done, pending) = await TaskWait.WaitAsync([good, bad]);
        Assert.Equal([good, bad], done);
        Assert.Empty(pending);
        Assert.Equal(2, time.Elapsed.TotalSeconds);
        Assert.IsType<FormatException>(bad.Exception!.InnerException);
        Assert.Equal(2, (await TaskWait.WaitAsync([good, bad])).Done.Count);
    });

    [Fact]
    public void WaitAsync_FirstCompleted_EndsWithTheFirst() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var a = After(time, 10);
        var b = After(time, 1);
        var (done, pending) = await TaskWait.WaitAsync([a, b], until: WaitUntil.FirstCompleted);
        Assert.Equal([b], done);
        Assert.Equal([a], pending);
        Assert.Equal(1, time.Elapsed.TotalSeconds);
        await a;
    });

    [Fact]
    public void WaitAsync_FirstException_CancelledDoesNotCount() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        using var source = new CancellationTokenSource();
        var cancelled = time.Delay(60, source.Token);
        source.Cancel();
        var slow = After(time, 10);
        var bad = After(time, 3, new FormatException());
        var (done, pending) = await TaskWait.WaitAsync([cancelled, slow, bad], until: WaitUntil.FirstException);
        Assert.Equal([cancelled, bad], done);
        Assert.Equal([slow], pending);
        Assert.Equal(3, time.Elapsed.TotalSeconds);

        var all = await TaskWait.WaitAsync([cancelled, slow], until: WaitUntil.FirstException);
        Assert.Empty(all.Pending);
        Assert.Equal(10, time.Elapsed.TotalSeconds);
        await Outcome.OfAsync(bad);

        // Already failed: at once.
        var late = await TaskWait.WaitAsync([After(time, 60), bad], until: WaitUntil.FirstException);
        Assert.Equal(10, time.Elapsed.TotalSeconds);
        _ = Assert.Single(late.Pending);
    });

    [Fact]
    public void WaitAsync_Timeout_SaysWhoIsLateAndThrowsNothing() => VirtualTime.RunSeeds(Everywhere.Seeds, async time =>
    {
        var a = After(time, 1);
        var b = After(time, 10);
        var (done, pending) = await TaskWait.WaitAsync([a, b], TimeSpan.FromSeconds(5), timeProvider: time.TimeProvider);
        Assert.Equal([a], done);
        Assert.Equal([b], pending);
        Assert.Equal(5, time.Elapsed.TotalSeconds);
        var look = await TaskWait.WaitAsync([a, b], TimeSpan.Zero);
        Assert.Equal([a], look.Done);
        Assert.Equal(5, time.Elapsed.TotalSeconds);
    });

    [Fact]
    public void WaitAsync_Cancelled_TheTasksGoOn() => VirtualTime.RunSeeds(20, async time =>
    {
        using var source = new CancellationTokenSource();
        var task = After(time, 5);
        var wait = TaskWait.WaitAsync([task], cancellationToken: source.Token);
        await time.Delay(1);
        source.Cancel();
        (await Outcome.OfAsync(wait)).IsCanceledBy(source.Token);
        (await Outcome.OfAsync(TaskWait.WaitAsync([task], cancellationToken: source.Token))).IsCanceledBy(source.Token);
        Assert.False(task.IsCompleted);
        await task;
    });

    [Fact]
    public async Task WaitAsync_BothEndBeforeTheWaiterWakes_BothAreDone()
    {
        var a = new TaskCompletionSource();
        var b = new TaskCompletionSource();
        VirtualTime.Run(async _ =>
        {
            var wait = TaskWait.WaitAsync([a.Task, b.Task], until: WaitUntil.FirstCompleted);
            a.SetResult();
            b.SetResult();
            Assert.Equal(2, (await wait).Done.Count);
        });
        await Task.WhenAll(a.Task, b.Task);
    }

    [Fact]
    public async Task WaitAsync_DuplicatesAndGenerators_CountOnceInOrder()
    {
        var tasks = Enumerable.Range(0, 10).Select(static _ => Task.CompletedTask).Distinct();
        _ = Assert.Single((await TaskWait.WaitAsync(tasks)).Done);
        var one = Task.FromResult(1);
        var two = Task.FromResult(2);
        Assert.Equal([one, two], (await TaskWait.WaitAsync(Generate())).Done);

        IEnumerable<Task<int>> Generate()
        {
            yield return one;
            yield return two;
            yield return one;
        }
    }

    [Fact]
    public void WaitAsync_BadArguments_Throw()
    {
        Assert.Throws<ArgumentException>(() => { _ = TaskWait.WaitAsync(Array.Empty<Task>()); });
        Assert.Throws<ArgumentException>(() => { _ = TaskWait.WaitAsync(new Task[] { null! }); });
        Assert.Throws<ArgumentNullException>(() => { _ = TaskWait.WaitAsync<Task>(null!); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = TaskWait.WaitAsync([Task.CompletedTask], until: (WaitUntil)7); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = TaskWait.WaitAsync([Task.CompletedTask], TimeSpan.FromSeconds(-1)); });
    }

    [Fact]
    public async Task WaitAsync_InALoopOverALongTask_LeavesNothingOnIt()
    {
        // coreclr#9011: WhenAny left a continuation behind each time.
        var slow = new TaskCompletionSource();
        await RoundsAsync(1000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RoundsAsync(20_000);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 1_000_000, $"{grown} bytes for 20,000 waits");
        slow.SetResult();

        async Task RoundsAsync(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                var quick = new TaskCompletionSource();
                var wait = TaskWait.WaitAsync([slow.Task, quick.Task], until: WaitUntil.FirstCompleted);
                quick.SetResult();
                _ = Assert.Single((await wait).Done);
            }
        }
    }

    [Fact]
    public async Task WaitAsync_FirstCompleted_OneWaitInsideTheEndOfAnother_EachEndsWithItsOwn()
    {
        var signals = Enumerable.Range(0, 6).Select(static _ => new TaskCompletionSource()).ToArray();
        var outer = NestAsync();
        var beside = FirstAsync(2, 3);
        signals[0].SetResult();
        var late = FirstAsync(4, 5);
        Assert.False(outer.IsCompleted);
        Assert.False(beside.IsCompleted);
        signals[4].SetResult();
        Assert.Equal([signals[4].Task], (await late).Done);
        signals[3].SetResult();
        Assert.Equal([signals[3].Task], (await beside).Done);
        Assert.Equal([signals[3].Task], await outer);

        async Task<IReadOnlyList<Task>> NestAsync()
        {
            var (done, pending) = await FirstAsync(0, 1).ConfigureAwait(false);
            Assert.Equal([signals[0].Task], done);
            Assert.Equal([signals[1].Task], pending);
            return (await FirstAsync(1, 3).ConfigureAwait(false)).Done;
        }

        Task<WaitResult<Task>> FirstAsync(int one, int other)
            => TaskWait.WaitAsync([signals[one].Task, signals[other].Task], until: WaitUntil.FirstCompleted);
    }

    [Fact]
    public async Task WaitAsync_FirstCompleted_ManyThreads_EachWaitEndsOnceWithItsOwn()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            var rounds = Soak.Times(5000);
            for (var round = 0; round < rounds; round++)
            {
                var quick = new TaskCompletionSource<int>();
                var slow = new TaskCompletionSource<int>();
                var completer = Task.Run(() => quick.SetResult(thread));
                var result = await HangGuard.WaitAsync(TaskWait.WaitAsync([slow.Task, quick.Task], until: WaitUntil.FirstCompleted));
                Assert.Equal(thread, await Assert.Single(result.Done));
                Assert.Equal([slow.Task], result.Pending);
                await completer;
            }
        })));
    }

    [Fact]
    public async Task WaitAsync_ArrayOfADerivedType_IsLeftAsItIs()
    {
        var slow = new TaskCompletionSource<int>();
        var tasks = new[] { Task.FromResult(1), slow.Task, Task.FromResult(2) };
        var given = (Task<int>[])tasks.Clone();
        var result = await TaskWait.WaitAsync<Task>(tasks, until: WaitUntil.FirstCompleted);
        Assert.Equal([given[0], given[2]], result.Done);
        Assert.Equal([given[1]], result.Pending);
        Assert.Equal(given, tasks);
        var typed = TaskWait.WaitAsync(tasks, TimeSpan.FromMinutes(1));
        slow.SetResult(3);
        Assert.Equal(given, (await typed).Done);
    }

    private static async Task After(VirtualTime time, double seconds, Exception? error = null)
    {
        await time.Delay(seconds);
        if (error is not null) throw error;
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public async Task WaitAsync_FirstOfManyWithDuplicates_EachOnceInOrder(int count)
    {
        var signals = Enumerable.Range(0, count).Select(static _ => new TaskCompletionSource()).ToArray();
        var tasks = signals.Select(static signal => signal.Task).ToArray();
        signals[count / 2].SetResult();
        var wait = TaskWait.WaitAsync([.. tasks, .. tasks.Reverse()], until: WaitUntil.FirstCompleted);
        var (done, pending) = await wait;
        Assert.Equal([tasks[count / 2]], done);
        Assert.Equal(tasks.Where(static task => !task.IsCompleted), pending);

        var next = TaskWait.WaitAsync(pending, TimeSpan.FromMinutes(1), WaitUntil.FirstCompleted);
        signals[0].SetResult();
        Assert.Equal([tasks[0]], (await next).Done);
        Assert.Equal(count - 2, (await next).Pending.Count);
    }

    [Fact]
    public async Task WaitAsync_FirstOfSeveral_TheTokenOrTheTimeEndsIt()
    {
        var tasks = new[] { new TaskCompletionSource().Task, new TaskCompletionSource().Task };
        using var source = new CancellationTokenSource();
        var canceled = TaskWait.WaitAsync(tasks, TimeSpan.FromMinutes(1), WaitUntil.FirstCompleted, source.Token);
        source.Cancel();
        (await Outcome.OfAsync(canceled)).IsCanceledBy(source.Token);

        var (done, pending) = await TaskWait.WaitAsync(tasks, TimeSpan.FromMilliseconds(1), WaitUntil.FirstCompleted,
            CancellationToken.None);
        Assert.Empty(done);
        Assert.Equal(tasks, pending);
    }
}
