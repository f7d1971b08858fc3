using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Contexts;

/// <summary>Contexts and schedulers that run at once what is posted, or refuse it; and completions inside one another, very deep.</summary>
public sealed class OddContextTests
{
    private const int Links = 30_000;

    public static TheoryData<string, bool> Names => new MatrixTheoryData<string, bool>([.. BlockedContextTests.Calls.Keys], [false, true]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task CallersContextRunsAtOnceOrRefuses_TheCallEnds(string name, bool refuses)
    {
        Task call;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new OddContext(refuses));
        try
        {
            call = BlockedContextTests.Calls[name]();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await HangGuard.WaitAsync(call);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LimitedGroup_ContextOrSchedulerRefuses_TheChildrenRunElsewhere(bool isScheduler)
    {
        var count = 0;
        Task run;
        if (isScheduler)
        {
            run = Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.None, new RefusingScheduler()).Unwrap();
        }
        else
        {
            var before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(new OddContext(refuses: true));
            run = RunAsync();
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await HangGuard.WaitAsync(run);
        Assert.Equal(100, count);

        Task RunAsync() => TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < 100; i++)
                {
                    _ = group.Start(async token =>
                    {
                        await Task.Run(static () => { }, token).ConfigureAwait(false);
                        Interlocked.Increment(ref count);
                    });
                }
            },
            new TaskGroupOptions { MaxConcurrency = 3 });
    }

    [Fact]
    public async Task FlowIsSuppressed_TheCallsEnd()
    {
        Task calls;
        using (ExecutionContext.SuppressFlow())
        {
            calls = Task.WhenAll(BlockedContextTests.Calls
                .Where(static call => !call.Key.StartsWith("EventLoop", StringComparison.Ordinal)
                && !call.Key.StartsWith("VirtualTime", StringComparison.Ordinal))
                .Select(static call => call.Value()));
        }

        await HangGuard.WaitAsync(calls);
    }

    [Fact]
    public Task ChildrenThatCompleteOneAnother_VeryMany_DoNotOverflowTheStack() => ChainAsync(static steps => TaskGroup.RunAsync(
        group =>
        {
            foreach (var step in steps) _ = group.Start(_ => step());
        },
        new TaskGroupOptions { Name = "chain" }));

    [Fact]
    public Task ShieldsThatCompleteOneAnother_VeryMany_DoNotOverflowTheStack()
        => ChainAsync(static steps => Task.WhenAll(steps.Select(static step =>
            Shield.RunAsync(_ => step(), new CancellationTokenSource().Token))));

    [Fact]
    public Task WaitsThatCompleteOneAnother_VeryMany_DoNotOverflowTheStack()
        => ChainAsync(static steps => Task.WhenAll(steps.Select(static async step =>
            await TaskWait.WaitAsync([step(), new TaskCompletionSource().Task], until: WaitUntil.FirstCompleted))));

    /// <summary>Each step waits for the one before it, and completes the next.</summary>
    private static async Task ChainAsync(Func<IReadOnlyList<Func<Task>>, Task> run)
    {
        var gates = Enumerable.Range(0, Links + 1).Select(static _ => new TaskCompletionSource()).ToArray();
        var running = run([.. Enumerable.Range(0, Links).Select(i => (Func<Task>)(async () =>
        {
            await gates[i].Task;
            gates[i + 1].SetResult();
        }))]);
        gates[0].SetResult();
        await HangGuard.WaitAsync(running);
    }

    private sealed class OddContext(bool refuses) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            if (refuses) throw new ObjectDisposedException(nameof(OddContext));
            d(state);
        }
    }

    /// <summary>Runs one task and no other.</summary>
    private sealed class RefusingScheduler : TaskScheduler
    {
        private int _count;

        protected override void QueueTask(Task task)
        {
            if (Interlocked.Increment(ref _count) > 1) throw new NotSupportedException();
            new Thread(() => TryExecuteTask(task)) { IsBackground = true }.Start();
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task>? GetScheduledTasks() => null;
    }
}
