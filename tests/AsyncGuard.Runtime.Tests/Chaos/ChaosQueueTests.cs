using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Chaos;

/// <summary>
/// As <see cref="ChaosTests"/>, for what holds work: nothing that was accepted is lost or done twice, and room becomes free again.
/// </summary>
public sealed class ChaosQueueTests
{
    [Fact]
    public Task WorkQueues() => RandomRun.ManyAsync(static async run =>
    {
        using var cancellation = new CancellationTokenSource();
        var queue = new AsyncWorkQueue<int>(run.Next(4), (QueueOrder)run.Next(3));
        var put = 0;
        var handled = 0;
        var workers = AsyncWorkQueue.RunWorkersAsync(
            queue,
            1 + run.Next(3),
            async (item, token) =>
            {
                Interlocked.Increment(ref handled);
                await run.WorkAsync(item, token, failures: 25);
            },
            cancellation.Token);
        var producers = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(ProduceAsync)));
        await run.CancelPerhapsAsync(cancellation);
        await HangGuard.WaitAsync(producers);
        await HangGuard.WaitAsync(queue.JoinAsync(), () => queue);
        queue.Shutdown();
        var outcome = await run.EndAsync(workers);
        Assert.Equal(0, queue.UnfinishedCount);
        if (run.ThrownCount == 0 && !cancellation.IsCancellationRequested)
        {
            outcome.Succeeds();
            Assert.Equal(put, handled);
        }

        async Task ProduceAsync()
        {
            for (var i = 0; i < 10; i++)
            {
                using var source = new CancellationTokenSource();
                try
                {
                    var waiting = queue.PutAsync(i, source.Token);
                    if (run.OneIn(4)) source.Cancel();
                    await waiting;
                    Interlocked.Increment(ref put);
                }
                catch (OperationCanceledException)
                {
                    // Not put.
                }
                catch (QueueShutDownException)
                {
                    return;
                }
            }
        }
    });

    [Fact]
    public Task BackgroundGroups() => RandomRun.ManyAsync(static async run =>
    {
        var reported = 0;
        var begun = 0;
        var accepted = 0;
        var capacity = run.Next(4);
        await using var group = new BackgroundTaskGroup(
            _ =>
            {
                Interlocked.Increment(ref reported);
                if (run.OneIn(5)) throw new PlannedException("handler");
            },
            new BackgroundTaskGroupOptions
            {
                Name = run.OneIn(2) ? "chaos" : null,
                Capacity = capacity,
                MaxConcurrency = run.Next(3),
                CancelGrace = HangGuard.Limit,
            });
        var starters = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(StartManyAsync)));
        if (run.OneIn(3)) group.Cancel();
        await HangGuard.WaitAsync(starters);
        if (!group.CancellationToken.IsCancellationRequested)
        {
            await HangGuard.WaitAsync(group.StartAsync(WorkAsync));
            accepted++;
        }

        var report = await HangGuard.WaitAsync(group.DrainAsync(HangGuard.Limit));
        Assert.True(report.Completed, report.ToString());
        Assert.Equal((0, 0), (group.RunningCount, group.WaitingCount));
        Assert.Equal(run.ThrownCount, reported);
        Assert.InRange(begun, group.CancellationToken.IsCancellationRequested ? 0 : accepted, accepted);

        async Task WorkAsync(CancellationToken token)
        {
            Interlocked.Increment(ref begun);
            await run.WorkAsync(0, token, failures: 4);
        }

        async Task StartManyAsync()
        {
            for (var i = 0; i < 15; i++)
            {
                using var source = new CancellationTokenSource();
                try
                {
                    if (run.OneIn(2))
                    {
                        if (group.TryStart(WorkAsync)) Interlocked.Increment(ref accepted);
                        continue;
                    }

                    var start = group.StartAsync(WorkAsync, source.Token);
                    if (run.OneIn(3)) source.Cancel();
                    await start;
                    Interlocked.Increment(ref accepted);
                }
                catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
                {
                    // Not accepted.
                }
            }
        }
    });
}
