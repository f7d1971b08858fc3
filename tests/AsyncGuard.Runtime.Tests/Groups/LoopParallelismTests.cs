using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>Limited loops run bodies that do not suspend side by side, and not on the caller.</summary>
public sealed class LoopParallelismTests
{
    private const int Limit = 3;

    [Fact]
    public Task ForEachAsync_BodiesThatBlock_RunSideBySide()
        => HoldsAsync(static body => TaskGroup.ForEachAsync(Enumerable.Range(0, Limit), (_, _) => body(), Limit));

    [Fact]
    public Task ForEachAsync_AsynchronousSource_BodiesThatBlockRunSideBySide()
        => HoldsAsync(static body => TaskGroup.ForEachAsync(Items(), (_, _) => body(), Limit));

    [Fact]
    public Task MapAsync_SelectorsThatBlock_RunSideBySide()
        => HoldsAsync(static body => TaskGroup.MapAsync(
            Enumerable.Range(0, Limit),
            (i, _) =>
            {
                body();
                return Task.FromResult(i);
            },
            Limit));

    [Fact]
    public Task RunWorkersAsync_OverItems_HandlersThatBlockRunSideBySide()
        => HoldsAsync(static body => AsyncWorkQueue.RunWorkersAsync(Enumerable.Range(0, Limit), Limit, (_, _) => body()));

    [Fact]
    public Task RunWorkersAsync_OverAQueue_HandlersThatBlockRunSideBySide() => HoldsAsync(static body =>
    {
        var queue = new AsyncWorkQueue<int>();
        for (var i = 0; i < Limit; i++) queue.TryPut(i);
        queue.Shutdown();
        return AsyncWorkQueue.RunWorkersAsync(queue, Limit, (_, _) => body());
    });

    /// <summary>Each body waits until all have begun: on one thread, or on the caller's, that would never be.</summary>
    private static async Task HoldsAsync(Func<Func<Task>, Task> run)
    {
        var caller = Environment.CurrentManagedThreadId;
        var onCaller = 0;
        var begun = new CountdownEvent(Limit);
        var returned = new ManualResetEventSlim();
        var loop = run(() =>
        {
            if (Environment.CurrentManagedThreadId == caller && !returned.IsSet) onCaller++;
            else if (begun.Signal() | begun.Wait(HangGuard.Limit)) return Task.CompletedTask;
            return Task.FromException(new InvalidOperationException("One at a time."));
        });
        returned.Set();
        await HangGuard.WaitAsync(loop);
        Assert.Equal(0, onCaller);
    }

    private static async IAsyncEnumerable<int> Items()
    {
        for (var i = 0; i < Limit; i++)
        {
            await Task.CompletedTask;
            yield return i;
        }
    }
}
