using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Groups;

/// <summary>What a caller gets wrong is thrown at the call, and names the argument.</summary>
public sealed class GroupArgumentTests
{
    private static readonly CancellationToken Uncancelled = CancellationToken.None;

    [Fact]
    public void RunAsync_Null_Throws()
    {
        Refuses("body", static () => TaskGroup.RunAsync((Func<TaskGroup, Task>)null!));
        Refuses("body", static () => TaskGroup.RunAsync((Func<TaskGroup, Task>)null!, new TaskGroupOptions()));
        Refuses("options", static () => TaskGroup.RunAsync(static _ => Task.CompletedTask, (TaskGroupOptions)null!));
        Refuses("body", static () => TaskGroup.RunAsync((Func<TaskGroup, Task<int>>)null!));
        Refuses("body", static () => TaskGroup.RunAsync((Func<TaskGroup, Task<int>>)null!, new TaskGroupOptions()));
        Refuses("options", static () => TaskGroup.RunAsync(static _ => Task.FromResult(1), (TaskGroupOptions)null!));
        Refuses("body", static () => TaskGroup.RunAsync((Action<TaskGroup>)null!));
        Refuses("body", static () => TaskGroup.RunAsync<int>(null!, 1));
    }

    [Fact]
    public async Task Start_Null_Throws() => await TaskGroup.RunAsync(group =>
    {
        Refuses("child", () => group.Start((Func<CancellationToken, Task>)null!));
        Refuses("child", () => group.Start((Func<CancellationToken, Task<int>>)null!));
        Refuses("child", () => group.Start((Func<int, CancellationToken, Task>)null!, 1));
        Refuses("child", () => group.Start((Func<int, CancellationToken, Task<int>>)null!, 1));
        Refuses("child", () => group.StartValue((Func<CancellationToken, ValueTask>)null!));
        Refuses("child", () => group.StartValue((Func<CancellationToken, ValueTask<int>>)null!));
        Refuses("child", () => group.StartOnThreadPool((Func<CancellationToken, Task>)null!));
        Refuses("child", () => group.StartOnThreadPool((Func<CancellationToken, Task<int>>)null!));
        Refuses("child", () => group.StartOnThreadPool((Action<CancellationToken>)null!));
        Refuses("child", () => group.StartOnThreadPool((Func<CancellationToken, int>)null!));
        Refuses("child", () => group.StartCancellable((Func<CancellationToken, Task>)null!));
        Refuses("child", () => group.StartCancellable((Func<CancellationToken, Task<int>>)null!));
        Refuses("child", () => group.StartAndWaitReadyAsync<int>(null!));
        Refuses("child", () => group.TryStart(null!, out _));
        Refuses("task", () => group.Track<Task>(null!));
        Assert.Throws<ArgumentOutOfRangeException>("delay", () => group.CancelAfter(TimeSpan.FromMilliseconds(-2)));
    });

    [Fact]
    public void Combinators_Null_Throw()
    {
        Refuses("children", static () => TaskGroup.WhenAllAsync(Uncancelled, (Func<CancellationToken, Task>[])null!));
        Refuses("children", static () => TaskGroup.WhenAllAsync(Uncancelled, (Func<CancellationToken, Task<int>>[])null!));
        Refuses("children", static () => TaskGroup.WhenAllAsync((IEnumerable<Func<CancellationToken, Task<int>>>)null!));
        Refuses("source", static () => TaskGroup.MapAsync((IEnumerable<int>)null!, static (i, _) => Task.FromResult(i)));
        Refuses("selector", static () => TaskGroup.MapAsync([1], (Func<int, CancellationToken, Task<int>>)null!));
        Refuses("source", static () => TaskGroup.ForEachAsync((IEnumerable<int>)null!, static (_, _) => Task.CompletedTask));
        Refuses("body", static () => TaskGroup.ForEachAsync([1], null!));
        Refuses("source", static () => TaskGroup.ForEachAsync((IAsyncEnumerable<int>)null!, static (_, _) => Task.CompletedTask));
        Refuses("contenders", static () => TaskGroup.RaceAsync<int>(null!));
        Assert.Throws<ArgumentOutOfRangeException>("maxConcurrency",
            static () => { _ = TaskGroup.MapAsync([1], static (i, _) => Task.FromResult(i), maxConcurrency: -1); });
        Assert.Throws<ArgumentOutOfRangeException>("maxConcurrency",
            static () => { _ = TaskGroup.ForEachAsync([1], static (_, _) => Task.CompletedTask, maxConcurrency: -1); });
    }

    [Fact]
    public async Task WhenAllAsync_ANullAmongTheChildren_IsNamed()
    {
        Func<CancellationToken, Task> never = static _ => throw new FormatException("must not run");
        Func<CancellationToken, Task<int>> neverEither = static _ => throw new FormatException("must not run");
        Assert.Throws<ArgumentException>("children", () => { _ = TaskGroup.WhenAllAsync(Uncancelled, never, null!); });
        Assert.Throws<ArgumentException>("children", () => { _ = TaskGroup.WhenAllAsync(Uncancelled, neverEither, null!, neverEither); });
        Func<CancellationToken, Task<int>>[] children = [static _ => Task.FromResult(1), null!];
        await Assert.ThrowsAsync<ArgumentException>("children",
            () => TaskGroup.WhenAllAsync((IEnumerable<Func<CancellationToken, Task<int>>>)children));
        await Assert.ThrowsAsync<ArgumentException>("children",
            () => TaskGroup.WhenAllAsync(children, new TaskGroupOptions { MaxConcurrency = 1 }));
    }

    [Fact]
    public async Task BackgroundGroup_WrongArguments_Throw()
    {
        Refuses("onFailed", static () => new BackgroundTaskGroup(null!));
        await using var group = new BackgroundTaskGroup(static _ => { });
        Refuses("work", () => group.TryStart(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("work", () => group.StartAsync(null!));
        Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { _ = group.DrainAsync(TimeSpan.FromMilliseconds(-2)); });
        var options = new BackgroundTaskGroupOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Capacity = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxConcurrency = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.CancelGrace = TimeSpan.FromSeconds(-1));
    }

    private static void Refuses(string argument, Func<object?> call) =>
        Assert.Throws<ArgumentNullException>(argument, () => { _ = call(); });
}
