using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using AsyncGuard.Testing;
using Xunit;

namespace AsyncGuard.Contexts;

/// <summary>Nothing of the library needs the caller's context: it all ends while that context's only thread is blocked.</summary>
public sealed class BlockedContextTests
{
    private static readonly int[] Items = [1, 2, 3, 4, 5];

    /// <summary>Each public member that returns a task, called so that its own code needs no context.</summary>
    internal static readonly Dictionary<string, Func<Task>> Calls = new()
    {
        ["TaskGroup.RunAsync"] = static () => TaskGroup.RunAsync(static group => { _ = group.Start(WorkAsync); }),
        ["TaskGroup.RunAsync, result"] = static () =>
            TaskGroup.RunAsync(static async group => await group.Start(OneAsync).ConfigureAwait(false)),
        ["TaskGroup.RunAsync, options"] = static () => TaskGroup.RunAsync(static group => group.Start(WorkAsync),
            new TaskGroupOptions { Name = "blocked" }),
        ["TaskGroup.RunAsync, state"] = static () => TaskGroup.RunAsync(static (group, _) => group.Start(WorkAsync), 1),
        ["TaskGroup.Start, a task with asynchronous continuations"] = static () => TaskGroup.RunAsync(static async group =>
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var child = group.Start(_ => signal.Task);
            signal.SetResult();
            await child.ConfigureAwait(false);
        }),
        ["TaskGroup.StartValue"] = static () =>
            InGroupAsync(static group => group.StartValue(static token => new ValueTask(WorkAsync(token)))),
        ["TaskGroup.StartOnThreadPool"] = static () => InGroupAsync(static group => group.StartOnThreadPool(WorkAsync)),
        ["TaskGroup.StartCancellable"] = static () => InGroupAsync(static group => group.StartCancellable(WorkAsync).Task),
        ["TaskGroup.StartAndWaitReadyAsync"] = static () =>
            InGroupAsync(static async group => await group.StartAndWaitReadyAsync<int>(static async (ready, token) =>
        {
            await WorkAsync(token).ConfigureAwait(false);
            ready.Started(1);
        }).ConfigureAwait(false)),
        ["TaskGroup.Track"] = static () => InGroupAsync(static group => group.Track(WorkAsync(default))),
        ["TaskGroup.TryStart"] = static () =>
            InGroupAsync(static group => group.TryStart(WorkAsync, out var task) ? task : Task.CompletedTask),
        ["TaskGroup.WaitForSlotAsync"] = static () => TaskGroup.RunAsync(
            static async group =>
            {
                _ = group.Start(WorkAsync);
                await group.WaitForSlotAsync().ConfigureAwait(false);
            },
            new TaskGroupOptions { MaxConcurrency = 1 }),
        ["TaskGroup.CancelAfter"] = static async () =>
        {
            await TaskGroup.RunAsync(static group =>
            {
                group.CancelAfter(TimeSpan.FromMilliseconds(1));
                return Child.Forever(group.CancellationToken);
            }).ConfigureAwait(false);
        },
        ["TaskGroup.Open, JoinAsync"] = static async () =>
        {
            var scope = TaskGroup.Open();
            _ = scope.Start(WorkAsync);
            await scope.JoinAsync().ConfigureAwait(false);
            await scope.DisposeAsync().ConfigureAwait(false);
        },
        ["TaskGroupScope.DisposeAsync"] = static async () =>
        {
            var scope = TaskGroup.Open();
            _ = scope.Start(Child.Forever);
            await scope.DisposeAsync().ConfigureAwait(false);
        },
        ["TaskGroup.WhenAllAsync"] = static () => TaskGroup.WhenAllAsync(CancellationToken.None, WorkAsync, WorkAsync),
        ["TaskGroup.WhenAllAsync, results"] = static () => TaskGroup.WhenAllAsync(OneAsync, OneAsync),
        ["TaskGroup.MapAsync"] = static () => TaskGroup.MapAsync(Items, static (_, token) => OneAsync(token)),
        ["TaskGroup.MapAsync, limited"] = static () => TaskGroup.MapAsync(Items, static (_, token) => OneAsync(token), maxConcurrency: 2),
        ["TaskGroup.ForEachAsync"] = static () => TaskGroup.ForEachAsync(Items, static (_, token) => WorkAsync(token)),
        ["TaskGroup.ForEachAsync, limited"] = static () => TaskGroup.ForEachAsync(Items, static (_, token) => WorkAsync(token),
            maxConcurrency: 2),
        ["TaskGroup.ForEachAsync, asynchronous source"] = static () => TaskGroup.ForEachAsync(ItemsAsync(),
            static (_, token) => WorkAsync(token)),
        ["TaskGroup.ForEachAsync, asynchronous source, limited"] = static () => TaskGroup.ForEachAsync(ItemsAsync(),
            static (_, token) => WorkAsync(token), maxConcurrency: 2),
        ["TaskGroup.MapAsync, asynchronous source"] = static () => TaskGroup.MapAsync(ItemsAsync(), static (_, token) => OneAsync(token)),
        ["TaskGroup.MapAsync, asynchronous source, limited"] = static () => TaskGroup.MapAsync(ItemsAsync(),
            static (_, token) => OneAsync(token), maxConcurrency: 2),
        ["TaskGroup.ForEachValueAsync"] = static () => TaskGroup.ForEachValueAsync(Items,
            static (_, token) => new ValueTask(WorkAsync(token)), maxConcurrency: 2),
        ["TaskGroup.MapAsCompletedAsync"] = static async () =>
        {
            var results = TaskGroup.MapAsCompletedAsync(Items, static (_, token) => OneAsync(token)).GetAsyncEnumerator();
            for (var i = 0; i < 3; i++) Assert.True(await results.MoveNextAsync().ConfigureAwait(false));
            await results.DisposeAsync().ConfigureAwait(false);
        },
        ["TaskGroup.FirstAsync"] = static () => TaskGroup.FirstAsync<int>([OneAsync, OneAsync, LateAsync], 2),
        ["TaskGroup.RaceAsync"] = static () => TaskGroup.RaceAsync<int>([OneAsync, OneAsync]),
        ["TaskGroup.RaceAsync, hedged"] = static () => TaskGroup.RaceAsync<int>([LateAsync, OneAsync], TimeSpan.FromMilliseconds(1)),
        ["BackgroundTaskGroup.DrainAsync"] = static async () =>
        {
            var group = new BackgroundTaskGroup(static _ => { }, new BackgroundTaskGroupOptions { MaxConcurrency = 1, Capacity = 2 });
            group.Start(WorkAsync);
            group.Start(WorkAsync);
            await group.StartAsync(WorkAsync).ConfigureAwait(false);
            Assert.True((await group.DrainAsync(HangGuard.Limit).ConfigureAwait(false)).Completed);
            await group.DisposeAsync().ConfigureAwait(false);
        },
        ["Deadline.RunAsync"] = static () => Deadline.RunAsync(HangGuard.Limit, OneAsync),
        ["Deadline.RunAsync, over"] = static async () =>
        {
            var run = Deadline.RunAsync(TimeSpan.FromMilliseconds(1), Child.Forever);
            await TaskWait.WaitAsync([run]).ConfigureAwait(false);
            Assert.IsType<TimeoutException>(run.Exception!.InnerException);
        },
        ["TaskWait.WaitAsync"] = static () => TaskWait.WaitAsync([OneAsync(default)], HangGuard.Limit),
        ["Shield.WaitAsync"] = static () => Shield.WaitAsync(OneAsync(default), new CancellationTokenSource().Token),
        ["Shield.RunAsync"] = static () => Shield.RunAsync(OneAsync, new CancellationTokenSource().Token),
        ["Shield.CompleteAsync"] = static () => Shield.CompleteAsync(WorkAsync, new CancellationTokenSource().Token),
        ["Shield.CompleteAsync, grace"] = static () => Shield.CompleteAsync(OneAsync, new CancellationTokenSource().Token, HangGuard.Limit),
        ["Shield.WaitForPendingAsync"] = static () =>
        {
            _ = Shield.RunAsync(WorkAsync, default);
            return Shield.WaitForPendingAsync(HangGuard.Limit);
        },
        ["BlockingWork.RunAsync"] = static () => BlockingWork.RunAsync(static () => 1),
        ["AsyncWorkQueue.RunWorkersAsync"] = static () => AsyncWorkQueue.RunWorkersAsync(Items, 2, static (_, token) => WorkAsync(token)),
        ["AsyncWorkQueue.RunWorkersAsync, queue"] = static () =>
        {
            var queue = new AsyncWorkQueue<int>();
            foreach (var item in Items) queue.TryPut(item);
            queue.Shutdown();
            return AsyncWorkQueue.RunWorkersAsync(queue, 2, static (_, token) => WorkAsync(token));
        },
        ["AsyncWorkQueue: put, get, join"] = static async () =>
        {
            var queue = new AsyncWorkQueue<int>(1);
            var get = queue.GetAsync();
            await queue.PutAsync(1).ConfigureAwait(false);
            Assert.Equal(1, await get.ConfigureAwait(false));
            await queue.PutAsync(2).ConfigureAwait(false);
            var put = queue.PutAsync(3);
            queue.TryGet(out _);
            await put.ConfigureAwait(false);
            queue.TryGet(out _);
            var join = queue.JoinAsync();
            for (var i = 0; i < 3; i++) queue.TaskDone();
            await join.ConfigureAwait(false);
        },
        ["AsyncWorkQueue.ReadAllAsync"] = static async () =>
        {
            var queue = new AsyncWorkQueue<int>();
            var enumerator = queue.ReadAllAsync().GetAsyncEnumerator();
            var next = enumerator.MoveNextAsync();
            queue.TryPut(1);
            Assert.True(await next.ConfigureAwait(false));
            queue.Shutdown();
            Assert.False(await enumerator.MoveNextAsync().ConfigureAwait(false));
            await enumerator.DisposeAsync().ConfigureAwait(false);
        },
        ["VirtualTime.Run"] = static () =>
        {
            VirtualTime.Run(static time => time.Delay(1));
            return Task.CompletedTask;
        },
        ["EventLoop.Run"] = static () =>
        {
            EventLoop.Run(static async () => await Task.Yield());
            return Task.CompletedTask;
        },
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void CallersContextIsBlocked_TheCallEnds(string name) => BlockedContext.Run(Calls[name]);

    [Fact]
    public void EveryPublicMemberThatReturnsATask_IsCalledHere()
    {
        // What a name above begins with; a monitor and virtual time give back what their caller's own code makes of the context.
        string[] elsewhere = ["SlowCallbackMonitor.RunAsync", "VirtualTime.Delay", "VirtualTime.SettleAsync", "AsyncWorkQueue.GetAsync",
            "AsyncWorkQueue.PutAsync",
            "AsyncWorkQueue.JoinAsync", "AsyncWorkQueue.DisposeAsync", "BackgroundTaskGroup.StartAsync", "BackgroundTaskGroup.DisposeAsync",
            "TaskGroupScope.JoinAsync", "TaskGroupScope.Start", "TaskGroup.Start"];
        var missing =
            from type in typeof(TaskGroup).Assembly.GetExportedTypes()
            from method in type.GetMethods()
            where method.DeclaringType == type && !method.IsSpecialName && IsAwaitable(method.ReturnType)
            let name = $"{type.Name.Split('`')[0]}.{method.Name}"
            where !elsewhere.Contains(name) && !Calls.Keys.Any(call => call.StartsWith(name, StringComparison.Ordinal))
            select name;
        Assert.Empty(missing.Distinct());

        static bool IsAwaitable(Type type)
            => typeof(Task).IsAssignableFrom(type) || type.Name.StartsWith("ValueTask", StringComparison.Ordinal)
            || type.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal);
    }

    private static Task InGroupAsync(Func<TaskGroup, Task> body) => TaskGroup.RunAsync(body);

    private static async Task WorkAsync(CancellationToken token) => await Task.Delay(2, token).ConfigureAwait(false);

    private static async Task<int> OneAsync(CancellationToken token)
    {
        await WorkAsync(token).ConfigureAwait(false);
        return 1;
    }

    private static async Task<int> LateAsync(CancellationToken token)
    {
        await Task.Delay(50, token).ConfigureAwait(false);
        return 2;
    }

    private static async IAsyncEnumerable<int> ItemsAsync()
    {
        foreach (var item in Items)
        {
            await Task.Run(static () => { }).ConfigureAwait(false);
            yield return item;
        }
    }
}
