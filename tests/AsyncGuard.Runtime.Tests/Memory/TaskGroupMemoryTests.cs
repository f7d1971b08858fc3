using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Memory;

/// <summary>The gates on bytes. They hold in every build; the times are the benchmarks' business.</summary>
[Collection(nameof(UnobservedCollection))]
public sealed class TaskGroupMemoryTests(ITestOutputHelper output)
{
    private const int Children = 10_000;

    [Fact]
    public void SynchronousChild_CostsNothing()
    {
        var perChild = PerChild(static group =>
        {
            for (var i = 0; i < Children; i++) _ = group.Start(static _ => Task.CompletedTask);
        });
        Report("synchronous child", perChild, 0);
    }

    [Fact]
    public void SynchronousChildWithState_CostsNothing()
    {
        var state = new object();
        var perChild = PerChild(group =>
        {
            for (var i = 0; i < Children; i++) _ = group.Start(static (_, _) => Task.CompletedTask, state);
        });
        Report("synchronous child with a state", perChild, 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SuspendedChild_CostsAtMost88Bytes(bool withAsyncLocal)
    {
        var local = new AsyncLocal<int>();
        if (withAsyncLocal) local.Value = 1;
        var signals = Enumerable.Range(0, Children).Select(static _ => new TaskCompletionSource()).ToArray();
        var perChild = PerChild(
            group =>
            {
                foreach (var signal in signals) _ = group.Start(static (signal, _) => signal.Task, signal);
            },
            finish: () =>
            {
                foreach (var signal in signals) signal.TrySetResult();
            });
        Report($"suspended child{(withAsyncLocal ? " under an AsyncLocal" : "")}", perChild, 88);
    }

    [Fact]
    public void EmptyGroup_CostsAtMost320Bytes()
    {
        const int Groups = 10_000;
        Run(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(Groups);
        Report("empty group", (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Groups, 320);

        static void Run(int groups)
        {
            for (var i = 0; i < groups; i++) _ = TaskGroup.RunAsync(static _ => Task.CompletedTask);
        }
    }

    [Fact]
    public async Task HundredThousandLongPolls_CostLessThan64MegabytesAboveTheChildren()
    {
        const int Polls = 100_000;
        var signals = Enumerable.Range(0, Polls).Select(static _ => new TaskCompletionSource()).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var run = TaskGroup.RunAsync(group =>
        {
            foreach (var signal in signals) _ = group.Start(static (signal, _) => signal.Task, signal);
        });
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"100,000 long polls: {grown / 1024.0 / 1024.0:0.0} MB above the children");
        foreach (var signal in signals) signal.SetResult();
        await HangGuard.WaitAsync(run);
        Assert.True(grown < 64L * 1024 * 1024, $"{grown} bytes");
    }

    [Fact]
    public async Task MillionShortChildren_NothingIsKeptOfThem()
    {
        await TaskGroup.RunAsync(async group =>
        {
            await StartAsync(1000);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await StartAsync(1_000_000);
            var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
            output.WriteLine($"1,000,000 short children: {grown / 1024.0:0} KB kept");
            Assert.True(grown < 1_000_000, $"{grown} bytes");

            async Task StartAsync(int count)
            {
                for (var i = 0; i < count; i++)
                {
                    var child = group.Start(static async _ => await Task.Yield());
                    if (i % 100 == 99) await child;
                }

                while (group.RunningCount > 0) await Task.Yield();
            }
        });
    }

    [Fact]
    public async Task EndedGroup_NeitherItsTaskNorItsTokenKeepsItsWorkAlive()
    {
        using var outer = new CancellationTokenSource();
        var (run, child, group) = Start(outer.Token);
        await Outcome.OfAsync(run);
        for (var i = 0; i < 10 && (child.IsAlive || group.IsAlive); i++)
        {
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(child.IsAlive);
        Assert.False(group.IsAlive);
        Assert.True(run.IsFaulted);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (Task Run, WeakReference Child, WeakReference Group) Start(CancellationToken token)
        {
            WeakReference? child = null;
            WeakReference? weakGroup = null;
            var run = TaskGroup.RunAsync(
                group =>
                {
                    weakGroup = new WeakReference(group);
                    child = new WeakReference(group.Start(Support.Child.Fails));
                },
                token);
            return (run, child!, weakGroup!);
        }
    }

    [Fact]
    public void FailingGroups_LeaveNoUnobservedTaskException()
    {
        var unobserved = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            if (e.Exception.InnerExceptions.Any(static error => error is Marker)) Interlocked.Increment(ref unobserved);
        }

        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            Fail();
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }

        Assert.Equal(0, unobserved);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Fail()
        {
            for (var i = 0; i < 50; i++)
            {
                Observe(TaskGroup.RunAsync(group =>
                {
                    _ = group.Start(Throw);
                    _ = group.Start(Throw);
                }));
                Observe(TaskGroup.RunAsync(
                    group =>
                    {
                        _ = group.Start(Throw);
                        _ = group.Start(Throw);
                        return Task.CompletedTask;
                    },
                    new TaskGroupOptions { MaxConcurrency = 1, Policy = TaskGroupPolicy.Supervise }));
                Observe(TaskGroup.RunAsync(group => Throw(group.CancellationToken)));
                Observe(TaskGroup.RaceAsync<int>([Throw, Throw]));
                Observe(TaskGroup.MapAsync([1, 2, 3], static (_, token) => Throw(token), 2));
                Observe(Deadline.RunAsync(TimeSpan.FromMinutes(1), Throw));
                Observe(Shield.RunAsync(Throw, new CancellationToken(canceled: true)));
                Observe(Shield.RunAsync(Throw, new CancellationTokenSource().Token));
            }
        }

        static void Observe(Task task)
        {
            try
            {
                Assert.True(task.Wait(HangGuard.Limit));
            }
            catch (AggregateException)
            {
            }
        }

        static async Task<int> Throw(CancellationToken token)
        {
            await Task.Yield();
            throw new Marker();
        }
    }

    private static double PerChild(Action<TaskGroup> start, Action? finish = null)
    {
        // A fresh thread: no context, no scheduler, no other allocations.
        var bytes = 0L;
        Task? run = null;
        var flow = ExecutionContext.Capture()!;
        var thread = new Thread(() => ExecutionContext.Run(
            flow,
            state =>
            {
                _ = TaskGroup.RunAsync(static group =>
                {
                    for (var i = 0; i < 100; i++)
                    {
                        _ = group.Start(static _ => Task.CompletedTask);
                        _ = group.Start(static (signal, _) => signal.Task, new TaskCompletionSource());
                        _ = group.Start(static (_, _) => Task.CompletedTask, new object());
                    }
                });
                run = TaskGroup.RunAsync(group =>
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    start(group);
                    bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                });
                finish?.Invoke();
            },
            null));
        thread.UnsafeStart();
        thread.Join();
        Assert.True(run!.Wait(HangGuard.Limit));
        return bytes / (double)Children;
    }

    private void Report(string what, double bytes, double limit)
    {
        output.WriteLine($"{what}: {bytes:0.0} bytes (at most {limit})");
        Assert.SkipWhen(Flavor.IsNetStandard, "The gates on bytes are for net8.0: netstandard2.0 lacks the cheaper calls.");
        // One byte of slack for the list that grows once, and the like.
        Assert.True(bytes < limit + 1, $"{what}: {bytes:0.0} bytes, at most {limit}");
    }

    private sealed class Marker : Exception;
}
