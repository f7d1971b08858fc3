using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Contexts;

/// <summary>
/// A token whose source has been disposed is never cancelled any more, and otherwise as any token; a cancelled one stays so.
/// </summary>
public sealed class DisposedSourceTests
{
    private static readonly Dictionary<string, Func<CancellationToken, Task>> Calls = new()
    {
        ["TaskGroup.RunAsync"] = static token => TaskGroup.RunAsync(static group => { _ = group.Start(Child.Yields); }, token),
        ["TaskGroup.Open"] = static async token =>
        {
            await using var scope = TaskGroup.Open(cancellationToken: token);
            if (!token.IsCancellationRequested) _ = scope.Start(Child.Yields);
            await scope.JoinAsync();
        },
        ["TaskGroup.MapAsync"] = static token => TaskGroup.MapAsync([1, 2], OneAsync, 1, token),
        ["TaskGroup.ForEachAsync"] = static token => TaskGroup.ForEachAsync([1, 2], static (_, token) => Child.Yields(token), 0, token),
        ["TaskGroup.MapAsCompletedAsync"] = static async token =>
        {
            await foreach (var _ in TaskGroup.MapAsCompletedAsync([1, 2], OneAsync, 0, token))
            {
            }
        },
        ["TaskGroup.RaceAsync"] = static token => TaskGroup.RaceAsync<int>([static token => OneAsync(1, token)], null, token),
        ["TaskGroup.StartAndWaitReadyAsync"] = static token => TaskGroup.RunAsync(async group =>
            await group.StartAndWaitReadyAsync<int>(
                static async (ready, token) =>
                {
                    await Task.Yield();
                    ready.Started(1);
                },
                token)),
        ["TaskGroup.WaitForSlotAsync"] = static token => TaskGroup.RunAsync(
            async group =>
            {
                _ = group.Start(Child.Yields);
                await group.WaitForSlotAsync(token);
            },
            new TaskGroupOptions { MaxConcurrency = 1 }),
        ["Shield.WaitAsync"] = static token => GatedAsync(work => Shield.WaitAsync(work, token)),
        ["Shield.RunAsync"] = static token => GatedAsync(work => Shield.RunAsync(_ => work, token)),
        ["Shield.CompleteAsync"] = static token => Shield.CompleteAsync(Child.Yields, token),
        ["Shield.CompleteAsync, grace"] = static token => Shield.CompleteAsync(Child.Yields, token, TimeSpan.FromMinutes(1)),
        ["Deadline.RunAsync"] = static token => Deadline.RunAsync(TimeSpan.FromMinutes(1), Child.Yields, token),
        ["TaskWait.WaitAsync"] = static token => TaskWait.WaitAsync([Child.Stubborn(2)], cancellationToken: token),
        ["TaskWait.WaitAsync, first"] =
            static token => TaskWait.WaitAsync([Child.Stubborn(2)], until: WaitUntil.FirstCompleted, cancellationToken: token),
        ["BlockingWork.RunAsync"] = static token => BlockingWork.RunAsync(static () => 1, token),
        ["AsyncWorkQueue"] = static async token =>
        {
            var queue = new AsyncWorkQueue<int>(1);
            var get = queue.GetAsync(token);
            await queue.PutAsync(1, token);
            await get;
            var join = queue.JoinAsync(token);
            queue.TaskDone();
            await join;
        },
        ["RunWorkersAsync"] =
            static token => AsyncWorkQueue.RunWorkersAsync([1, 2], 1, static (_, token) => Child.Yields(token), token),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SourceIsDisposed_TheCallEndsAsWithAnyToken(string name)
    {
        CancellationToken token;
        using (var source = new CancellationTokenSource()) token = source.Token;
        (await Outcome.OfAsync(HangGuard.WaitAsync(Calls[name](token)))).Succeeds();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SourceIsCancelledAndDisposed_Canceled(string name)
    {
        CancellationToken token;
        using (var source = new CancellationTokenSource())
        {
            source.Cancel();
            token = source.Token;
        }

        (await Outcome.OfAsync(HangGuard.WaitAsync(Calls[name](token)))).IsCanceledBy(token);
    }

    /// <summary>The work does not end before the call has returned.</summary>
    private static async Task GatedAsync(Func<Task, Task> call)
    {
        var gate = new TaskCompletionSource();
        var waiting = call(gate.Task);
        gate.SetResult();
        await waiting;
    }

    private static async Task<int> OneAsync(int item, CancellationToken token)
    {
        await Task.Yield();
        return item;
    }
}
