using System;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>A failure before the ready signal belongs to the one who waits for the signal; where none does, to the group.</summary>
public sealed class DiscardedReadyTests
{
    [Fact]
    public async Task Discarded_ChildFailsBeforeItIsReady_TheGroupFails()
    {
        var run = TaskGroup.RunAsync(async group =>
        {
            _ = group.StartAndWaitReadyAsync<int>(static async (_, _) =>
            {
                await Task.Yield();
                throw new FormatException();
            });
            while (group.RunningCount > 0) await Task.Yield();
        });
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith<FormatException>();
    }

    [Fact]
    public async Task Discarded_ChildFailsAtOnce_TheGroupFails()
    {
        var run = TaskGroup.RunAsync(
            static group => { _ = group.StartAndWaitReadyAsync<int>(static (_, _) => throw new FormatException()); });
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith<FormatException>();
    }

    [Fact]
    public async Task Discarded_ChildEndsWithoutTheSignal_TheGroupFails()
    {
        var run = TaskGroup.RunAsync(static group => { _ = group.StartAndWaitReadyAsync<int>(static (_, _) => Task.CompletedTask); });
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith<InvalidOperationException>();
    }

    [Fact]
    public async Task Discarded_BodyFailsAndTheChildFailsInItsCleanup_BothErrorsAreKept()
    {
        var run = TaskGroup.RunAsync(static async group =>
        {
            _ = group.StartAndWaitReadyAsync<int>(static (_, token) => Child.FailsInCleanup(token));
            await Task.Yield();
            throw new FormatException();
        });
        (await HangGuard.WaitAsync(Outcome.OfAsync(run))).FailsWith(typeof(FormatException), typeof(DivideByZeroException));
    }

    [Fact]
    public async Task Discarded_ChildIsCancelledWithTheGroup_NoError()
        => await HangGuard.WaitAsync(TaskGroup.RunAsync(static async group =>
        {
            _ = group.StartAndWaitReadyAsync<int>(static (_, token) => Child.Forever(token));
            await Task.Yield();
            group.Cancel();
        }));

    [Fact]
    public async Task Awaited_BodyHandlesTheFailure_TheGroupSucceeds()
        => await HangGuard.WaitAsync(TaskGroup.RunAsync(static async group =>
        {
            await Assert.ThrowsAsync<FormatException>(
                async () => await group.StartAndWaitReadyAsync<int>(static (_, _) => throw new FormatException()));
            await Assert.ThrowsAsync<DivideByZeroException>(
                async () => await group.StartAndWaitReadyAsync<int>(static (_, token) => Child.Fails(token)));
            var later = group.StartAndWaitReadyAsync<int>(static (_, _) => throw new FormatException());
            await Task.Yield();
            await Assert.ThrowsAsync<FormatException>(async () => await later);
        }));
}
