using System;
using System.Collections.Generic;
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
    /// <item>The calls are made in the caller's context; use <c>Task.Run</c> inside the selector for work that burns the CPU.</item>
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
        IEnumerable<T> source, Func<T, CancellationToken, Task<TResult>> selector, int maxConcurrency = 0, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(selector);
        Ensure.NotNegative(maxConcurrency);
        if (maxConcurrency > 0)
        {
            var map = new ItemMap<T, TResult>(source, selector, maxConcurrency);
            return Run<ItemMap<T, TResult>, TResult[]>(static (group, map) => map.RunAsync(group), map, options: null, cancellationToken);
        }
        return Gather<TResult[]>(
            group =>
            {
                var tasks = new List<Task<TResult>>(source is ICollection<T> { Count: var count } ? count : 0);
                foreach (var item in source)
                    tasks.Add(group.StartCore(static (state, token) => state.selector(state.item, token), (selector, item), record: null));
                return () =>
                {
                    var results = new TResult[tasks.Count];
                    for (var i = 0; i < results.Length; i++)
                        results[i] = Tasks.ResultOf(tasks[i]);
                    return results;
                };
            },
            cancellationToken);
    }

    /// <summary>
    /// Runs the body for each item, some at once. Otherwise as
    /// <see cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, CancellationToken, Task{TResult}}, int, CancellationToken)"/>.
    /// Unlike <c>Parallel.ForEachAsync</c> it keeps errors of the cleanup, reports no cancellation as an error, and starts on the caller.
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
        if (maxConcurrency > 0)
        {
            var loop = new ItemLoop<T>(source, body, maxConcurrency);
            return Run(static (group, loop) => loop.RunAsync(group), loop, options: null, cancellationToken);
        }
        return Run(
            static (group, state) =>
            {
                foreach (var item in state.source)
                    group.StartCore(static (state, token) => state.body(state.item, token), (state.body, item), record: null);
                return Task.CompletedTask;
            },
            (source, body),
            options: null,
            cancellationToken);
    }

    /// <inheritdoc cref="ForEachAsync{T}(IEnumerable{T}, Func{T, CancellationToken, Task}, int, CancellationToken)"/>
    public static Task ForEachAsync<T>(
        IAsyncEnumerable<T> source, Func<T, CancellationToken, Task> body, int maxConcurrency = 0, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(body);
        Ensure.NotNegative(maxConcurrency);
        if (maxConcurrency > 0)
        {
            var loop = new AsyncItemLoop<T>(source, body, maxConcurrency);
            return Run(static (group, loop) => loop.RunAsync(group), loop, options: null, cancellationToken);
        }
        return Run(
            static async (group, state) =>
            {
                await foreach (var item in state.source.WithCancellation(group.CancellationToken))
                    _ = group.StartCore(static (state, token) => state.body(state.item, token), (state.body, item), record: null);
            },
            (source, body),
            options: null,
            cancellationToken);
    }
}
