using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Xunit;

namespace AsyncGuard.Memory;

/// <summary>Whoever observes what the library hands out has observed everything: no task inside fails unobserved.</summary>
[Collection(nameof(UnobservedCollection))]
public sealed class UnobservedTaskTests
{
    private static readonly Dictionary<string, Func<Task>> Calls = new()
    {
        ["a child fails"] = static () => TaskGroup.RunAsync(static group => { _ = group.Start(FailAsync); }),
        ["several children fail"] = static () => TaskGroup.RunAsync(static group =>
        {
            _ = group.Start(FailAsync);
            _ = group.Start(FailInCleanupAsync);
            _ = group.Start<int>(static _ => throw new Planned());
        }),
        ["children of a named group"] = static () => TaskGroup.RunAsync(
            static group =>
            {
                _ = group.Start(FailAsync);
                _ = group.Start(FailInCleanupAsync);
            },
            new TaskGroupOptions { Name = "unobserved", ErrorMode = TaskGroupErrorMode.Aggregate }),
        ["children of a limited group"] = static () => TaskGroup.RunAsync(
            static group =>
            {
                for (var i = 0; i < 5; i++) _ = group.Start(FailAsync);
            },
            new TaskGroupOptions { MaxConcurrency = 2, Policy = TaskGroupPolicy.Supervise }),
        ["a handled failure"] = static () => TaskGroup.RunAsync(
            static group => { _ = group.Start(FailAsync); },
            new TaskGroupOptions { OnChildFailed = static failure => failure.Handled = true }),
        ["a child with asynchronous continuations"] = static () => TaskGroup.RunAsync(static group =>
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = group.Start(_ => signal.Task);
            signal.SetException(new Planned());
        }),
        ["other starts"] = static () => TaskGroup.RunAsync(
            static async group =>
            {
                _ = group.StartOnThreadPool(FailAsync);
                _ = group.StartValue(static token => new ValueTask(FailAsync(token)));
                _ = group.StartCancellable(FailAsync);
                _ = group.Track(FailAsync(default));
                _ = group.StartAndWaitReadyAsync<int>(static (_, token) => FailAsync(token));
                await Assert.ThrowsAsync<Planned>(async () => await group.StartAndWaitReadyAsync(static (_, token) => FailAsync(token)));
            },
            new TaskGroupOptions { Policy = TaskGroupPolicy.Supervise }),
        ["the body fails too"] = static () => TaskGroup.RunAsync(static async group =>
        {
            _ = group.Start(FailInCleanupAsync);
            await Task.Yield();
            throw new Planned();
        }),
        ["nested groups"] = static () => TaskGroup.RunAsync(static group =>
        {
            _ = group.Start(static async token => await TaskGroup.RunAsync(static inner =>
            {
                _ = inner.Start(FailAsync);
                _ = inner.Start(FailInCleanupAsync);
            }, token));
            _ = group.Start(FailInCleanupAsync);
        }),
        ["a scope without a join"] = static async () =>
        {
            await using var scope = TaskGroup.Open();
            _ = scope.Start(FailAsync);
        },
        ["WhenAllAsync"] = static () => TaskGroup.WhenAllAsync(CancellationToken.None, FailAsync, FailInCleanupAsync),
        ["MapAsync"] = static () => TaskGroup.MapAsync([1, 2, 3], ResultAsync),
        ["MapAsync, limited"] = static () => TaskGroup.MapAsync([1, 2, 3], ResultAsync, maxConcurrency: 2),
        ["MapAsync, asynchronous source"] = static () => TaskGroup.MapAsync(SourceAsync(), ResultAsync),
        ["ForEachAsync, asynchronous source, limited"] =
            static () => TaskGroup.ForEachAsync(SourceAsync(), static (_, token) => FailAsync(token), maxConcurrency: 2),
        ["MapAsCompletedAsync"] = static async () =>
        {
            await foreach (var _ in TaskGroup.MapAsCompletedAsync([1, 2, 3], ResultAsync))
            {
            }
        },
        ["RaceAsync, all lose"] = static () =>
            TaskGroup.RaceAsync<int>([static token => ResultAsync(1, token), static token => ResultAsync(2, token)]),
        ["RaceAsync, one wins"] = static () =>
            TaskGroup.RaceAsync<int>([static token => ResultAsync(1, token), static _ => Task.FromResult(1)]),
        ["Shield.RunAsync"] = static () => Shield.RunAsync(FailAsync, new CancellationTokenSource().Token),
        ["Shield.RunAsync, the caller has gone"] = static async () =>
        {
            using var source = new CancellationTokenSource();
            var gate = new TaskCompletionSource();
            var run = Shield.RunAsync(
                async _ =>
                {
                    await gate.Task;
                    throw new Planned();
                },
                source.Token);
            source.Cancel();
            gate.SetResult();
            await run;
        },
        ["Shield.CompleteAsync"] = static () => Shield.CompleteAsync(FailAsync, new CancellationTokenSource().Token),
        ["Shield.CompleteAsync, grace"] = static async () =>
        {
            using var source = new CancellationTokenSource();
            var run = Shield.CompleteAsync(FailInCleanupAsync, source.Token, TimeSpan.FromMilliseconds(1));
            source.Cancel();
            await run;
        },
        ["Deadline.RunAsync"] = static () => Deadline.RunAsync(TimeSpan.FromMilliseconds(1), FailInCleanupAsync),
        ["TaskWait.WaitAsync"] = static async () =>
        {
            var failing = FailAsync(default);
            await TaskWait.WaitAsync([failing, new TaskCompletionSource().Task], until: WaitUntil.FirstCompleted);
            await failing;
        },
        ["BlockingWork.RunAsync"] = static () => BlockingWork.RunAsync(static () => throw new Planned()),
        ["BlockingWork.RunAsync, abandoned"] = static async () =>
        {
            using var source = new CancellationTokenSource();
            using var begun = new ManualResetEventSlim();
            using var release = new ManualResetEventSlim();
            var run = BlockingWork.RunAsync(
                () =>
                {
                    begun.Set();
                    release.Wait();
                    throw new Planned();
                },
                source.Token,
                abandonOnCancel: true);
            begun.Wait();
            source.Cancel();
            release.Set();
            await run;
        },
        ["RunWorkersAsync"] = static async () =>
        {
            var queue = new AsyncWorkQueue<int>(1);
            var put = Task.Run(async () =>
            {
                for (var i = 0; i < 10; i++) await queue.PutAsync(i);
            });
            await Outcome.OfAsync(AsyncWorkQueue.RunWorkersAsync(queue, 2, static (_, token) => FailAsync(token)));
            await Outcome.OfAsync(put);
        },
        ["BackgroundTaskGroup"] = static async () =>
        {
            await using var group = new BackgroundTaskGroup(static _ => { }, new BackgroundTaskGroupOptions { MaxConcurrency = 1 });
            group.Start(FailAsync);
            group.Start(FailAsync);
            await group.DrainAsync(HangGuard.Limit);
        },
        ["EventLoop.Run"] = static () => Task.Run(static () => EventLoop.Run(static async () =>
        {
            await Task.Yield();
            throw new Planned();
        })),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task WhatIsHandedOutIsObserved_NothingElseIsLeft(string name)
    {
        var left = new ConcurrentQueue<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            if (e.Exception.InnerExceptions.Any(static inner => inner is Planned)) left.Enqueue(e.Exception);
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            for (var i = 0; i < 3; i++) await ObserveAsync(Calls[name]);
            await Task.Delay(20);
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.Empty(left);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task ObserveAsync(Func<Task> call) => HangGuard.WaitAsync(Outcome.OfAsync(call()));

    private static async Task FailAsync(CancellationToken token)
    {
        await Task.Yield();
        throw new Planned();
    }

    private static async Task FailInCleanupAsync(CancellationToken token)
    {
        try
        {
            await Child.Forever(token);
        }
        finally
        {
            throw new Planned();
        }
    }

    private static async Task<int> ResultAsync(int item, CancellationToken token)
    {
        await FailAsync(token);
        return item;
    }

    private static async IAsyncEnumerable<int> SourceAsync()
    {
        yield return 1;
        await Task.Yield();
        throw new Planned();
    }

    private sealed class Planned : Exception;
}
