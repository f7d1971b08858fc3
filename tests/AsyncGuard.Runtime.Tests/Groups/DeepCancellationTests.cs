using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>Cancelling what is nested very deep needs no stack for each level.</summary>
public sealed class DeepCancellationTests
{
    private static readonly int Depth = Soak.Times(60_000);

    [Fact]
    public Task NestedGroups_OuterTokenIsCancelled_AllEnd() => HoldsAsync(static (inner, token) => TaskGroup.RunAsync(
        async group =>
        {
            await Task.Yield();
            _ = group.Start(inner);
        },
        token));

    private static async Task HoldsAsync(Func<Func<CancellationToken, Task>, CancellationToken, Task> nest)
    {
        using var source = new CancellationTokenSource();
        var bottom = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = LevelAsync(Depth, source.Token);
        await HangGuard.WaitAsync(bottom.Task);
        await source.CancelAsync();
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).IsCanceledBy(source.Token);

        Task LevelAsync(int depth, CancellationToken token)
        {
            if (depth > 0) return nest(token => LevelAsync(depth - 1, token), token);
            bottom.SetResult();
            return Child.Forever(token);
        }
    }
}
