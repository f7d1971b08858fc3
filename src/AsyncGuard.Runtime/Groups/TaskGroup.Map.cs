using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Runs the selector for each item, some at once, and returns the results in the order of the source.
    /// <list type="bullet">
    /// <item>The first error (of the selector or of the enumeration) cancels the calls in flight, and no further item is taken.</item>
    /// <item>Waits for every call in flight; all errors are kept, also those of the cleanup.</item>
    /// <item>Without a limit the calls are made on the caller, one after the other, as those of any async method.</item>
    /// <item>With a limit they are made on the thread pool with the caller's execution context, as <c>Parallel.ForEachAsync</c> makes them:
    /// those that
    /// do not suspend run side by side, and none blocks the caller. On an <see cref="EventLoop"/> they stay on the loop.</item>
    /// <item>With a limit the source is enumerated lazily, one item at a time and not before a call is free to take it.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <typeparam name="TResult">The results.</typeparam>
    /// <param name="source">The items; enumerated once.</param>
    /// <param name="selector">Called once for each item, with the group's token.</param>
    /// <param name="maxConcurrency">How many calls run at once; 0 for any number.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with the results, that ends after all calls.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is negative.</exception>
    public static Task<TResult[]> MapAsync<T, TResult>(
        IEnumerable<T> source, Func<T, CancellationToken, Task<TResult>> selector, int maxConcurrency = 0,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(selector);
        Ensure.NotNegative(maxConcurrency);
        return Map(source, selector, maxConcurrency, options: null, cancellationToken);
    }

    /// <summary>
    /// As <see cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, CancellationToken, Task{TResult}}, int, CancellationToken)"/>, in a group
    /// with options.
    /// </summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <typeparam name="TResult">The results.</typeparam>
    /// <param name="source">The items; enumerated once.</param>
    /// <param name="selector">Called once for each item, with the group's token.</param>
    /// <param name="options">Of the group; <see cref="TaskGroupOptions.MaxConcurrency"/> says how many calls run at once.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with the results, that ends after all calls.</returns>
    public static Task<TResult[]> MapAsync<T, TResult>(
        IEnumerable<T> source, Func<T, CancellationToken, Task<TResult>> selector, TaskGroupOptions options,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(selector);
        Ensure.NotNull(options);
        return Map(source, selector, options.MaxConcurrency, options, cancellationToken);
    }

    /// <inheritdoc cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, CancellationToken, Task{TResult}}, int, CancellationToken)"/>
    public static Task<TResult[]> MapAsync<T, TResult>(
        IAsyncEnumerable<T> source, Func<T, CancellationToken, Task<TResult>> selector, int maxConcurrency = 0,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(selector);
        Ensure.NotNegative(maxConcurrency);
        var results = new ItemResults<T, TResult>(selector, expected: 0);
        return Gather(group => EachOf(group, source, results, maxConcurrency), results.ToArray, options: null, cancellationToken);
    }

    /// <summary>
    /// Runs the body for each item, some at once. Otherwise as
    /// <see cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, CancellationToken, Task{TResult}}, int, CancellationToken)"/>.
    /// Unlike <c>Parallel.ForEachAsync</c> it keeps errors of the cleanup, reports no cancellation as an error, and
    /// without a limit starts on the caller.
    /// </summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="source">The items; enumerated once.</param>
    /// <param name="body">Called once for each item, with the group's token.</param>
    /// <param name="maxConcurrency">How many calls run at once; 0 for any number.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after all calls.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is negative.</exception>
    public static Task ForEachAsync<T>(
        IEnumerable<T> source, Func<T, CancellationToken, Task> body, int maxConcurrency = 0, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(body);
        Ensure.NotNegative(maxConcurrency);
        return ForEach(source, body, maxConcurrency, options: null, cancellationToken);
    }

    /// <summary>
    /// As <see cref="ForEachAsync{T}(IEnumerable{T}, Func{T, CancellationToken, Task}, int, CancellationToken)"/>, in a group with options.
    /// </summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="source">The items; enumerated once.</param>
    /// <param name="body">Called once for each item, with the group's token.</param>
    /// <param name="options">Of the group; <see cref="TaskGroupOptions.MaxConcurrency"/> says how many calls run at once.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after all calls.</returns>
    public static Task ForEachAsync<T>(
        IEnumerable<T> source, Func<T, CancellationToken, Task> body, TaskGroupOptions options,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(body);
        Ensure.NotNull(options);
        return ForEach(source, body, options.MaxConcurrency, options, cancellationToken);
    }

    /// <inheritdoc cref="ForEachAsync{T}(IEnumerable{T}, Func{T, CancellationToken, Task}, int, CancellationToken)"/>
    public static Task ForEachAsync<T>(
        IAsyncEnumerable<T> source, Func<T, CancellationToken, Task> body, int maxConcurrency = 0,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(body);
        Ensure.NotNegative(maxConcurrency);
        return Run(
            static (group, loop) => EachOf(group, loop.source, new ItemBody<T>(loop.body), loop.maxConcurrency),
            (source, body, maxConcurrency),
            options: null,
            cancellationToken);
    }

    /// <summary>
    /// As <see cref="ForEachAsync{T}(IEnumerable{T}, Func{T, CancellationToken, Task}, int, CancellationToken)"/>, for methods that return
    /// a
    /// <see cref="ValueTask"/>: it is consumed once, and costs no task object when it is already complete. A name of its own, because an
    /// <c>async</c> lambda would fit both.
    /// </summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="source">The items; enumerated once.</param>
    /// <param name="body">Called once for each item, with the group's token.</param>
    /// <param name="maxConcurrency">How many calls run at once; 0 for any number.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after all calls.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is negative.</exception>
    public static Task ForEachValueAsync<T>(
        IEnumerable<T> source, Func<T, CancellationToken, ValueTask> body, int maxConcurrency = 0,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(body);
        Ensure.NotNegative(maxConcurrency);
        return ForEach(source, (item, token) => body(item, token).AsTask(), maxConcurrency, options: null, cancellationToken);
    }

    /// <inheritdoc cref="ForEachValueAsync{T}(IEnumerable{T}, Func{T, CancellationToken, ValueTask}, int, CancellationToken)"/>
    public static Task ForEachValueAsync<T>(
        IAsyncEnumerable<T> source, Func<T, CancellationToken, ValueTask> body, int maxConcurrency = 0,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        return ForEachAsync(source, (item, token) => body(item, token).AsTask(), maxConcurrency, cancellationToken);
    }

    private static Task<TResult[]> Map<T, TResult>(
        IEnumerable<T> source, Func<T, CancellationToken, Task<TResult>> selector, int workers, TaskGroupOptions? options,
        CancellationToken cancellationToken)
    {
        var results = new ItemResults<T, TResult>(selector, source is ICollection<T> { Count: var count } ? count : 0);
        return Gather(
            group =>
            {
                if (workers > 0) return new ItemLoop<T>(source.GetEnumerator(), results, workers).RunAsync(group);
                group.ForEachItem(source, results, static (group, item, index, results) => group.StartItem(results, item, index));
                return Task.CompletedTask;
            },
            results.ToArray,
            options,
            cancellationToken);
    }

    private static Task ForEach<T>(
        IEnumerable<T> source, Func<T, CancellationToken, Task> body, int workers, TaskGroupOptions? options,
        CancellationToken cancellationToken)
    {
        if (workers > 0)
        {
            return Run(
                static (group,
                    loop) => new ItemLoop<T>(loop.source.GetEnumerator(), new ItemBody<T>(loop.body), loop.workers).RunAsync(group),
                (source, body, workers),
                options,
                cancellationToken);
        }

        return Run(
            static (group, state) =>
            {
                group.ForEachItem(
                    state.source,
                    state.body,
                    static (group, item, _, body) => group.StartCore(
                        static (call, token) => call.body(call.item, token), (body, item), site: null));
                return Task.CompletedTask;
            },
            (source, body),
            options,
            cancellationToken);
    }

    private static async Task EachOf<T>(TaskGroup group, IAsyncEnumerable<T> source, IItemWork<T> work, int workers)
    {
        var items = source.GetAsyncEnumerator(group.CancellationToken);
        if (workers > 0)
        {
            await new AsyncItemLoop<T>(items, work, workers).RunAsync(group).Inline();
            return;
        }

        Exception? error = null;
        try
        {
            for (var index = 0; ; index++)
            {
                var move = items.MoveNextAsync();
                if (!(move.IsCompleted ? await move : await AsyncItems.Moved(move.AsTask()).Inline())) break;
                group.StartItem(work, items.Current, index);
            }
        }
        catch (Exception exception)
        {
            error = exception;
        }

        var end = AmbientContext.Invoke(static (items, _) => items.DisposeAsync().AsTask(), items, true);
        if (!end.IsCompleted) await new InlineWithoutThrowing(end);
        group.EndItems(error, end);
    }

    /// <summary>As a <c>foreach</c>, but what the end of the enumeration throws does not take the place of what came before.</summary>
    private void ForEachItem<T, TState>(IEnumerable<T> source, TState state, Action<TaskGroup, T, int, TState> start)
    {
        var items = source.GetEnumerator();
        Exception? error = null;
        try
        {
            for (var index = 0; items.MoveNext(); index++) start(this, items.Current, index, state);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        EndItems(error, AmbientContext.Invoke(
            static (items, _) =>
            {
                items.Dispose();
                return Task.CompletedTask;
            },
            items,
            true));
    }

    /// <summary>Throws what an enumeration and its end have thrown; of two errors the first becomes the group's here.</summary>
    private void EndItems(Exception? error, Task end)
    {
        if (error is not null && !Tasks.HasSucceeded(end)) Observe(Tasks.Failed<VoidResult>(error), record: null, isBody: true);
        Tasks.ThrowIfFailed(end);
        if (error is not null) ExceptionDispatchInfo.Capture(error).Throw();
    }

    private void StartItem<T>(IItemWork<T> work, T item, int index)
        => StartCore(
            static (call, token) =>
            {
                var task = call.work.Call(call.item, token);
                if (task is { IsCompleted: false }) return FinishItemAsync(call.work, task, call.index);
                if (task is not null && Tasks.HasSucceeded(task)) call.work.Succeeded(call.index, task);
                return task!;
            },
            (work, item, index),
            site: null);

    private static async Task FinishItemAsync<T>(IItemWork<T> work, Task task, int index)
    {
        await new InlineWithoutThrowing(task);
        if (!Tasks.HasSucceeded(task)) RelatedErrors.Relate(Tasks.ErrorsOf(task));
        Tasks.ThrowIfFailed(task);
        work.Succeeded(index, task);
    }
}
