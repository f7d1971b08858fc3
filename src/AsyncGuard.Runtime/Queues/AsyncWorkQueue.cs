using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Work over queues.</summary>
public static class AsyncWorkQueue
{
    /// <summary>
    /// Feeds items to a fixed number of workers.
    /// <list type="bullet">
    /// <item>Ends when all items are handled. Items are taken from the source as workers become free.</item>
    /// <item>The first error cancels the workers and no further item is taken; it is thrown by <c>await</c>, all errors are in
    /// <c>Task.Exception</c>.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/>: the workers are cancelled and waited for, then
    /// <see cref="OperationCanceledException"/>.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="items">Enumerated once.</param>
    /// <param name="workers">How many; at least 1.</param>
    /// <param name="handler">Called once for each item, with the group's token.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after all workers.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is less than 1.</exception>
    public static Task RunWorkersAsync<T>(
        IEnumerable<T> items, int workers, Func<T, CancellationToken, Task> handler, CancellationToken cancellationToken = default)
    {
        EnsureWorkers(workers);
        return TaskGroup.ForEachAsync(items, handler, workers, cancellationToken);
    }

    /// <summary>
    /// Lets a fixed number of workers handle what comes out of a queue, until it is shut down and empty.
    /// <list type="bullet">
    /// <item>Calls <see cref="AsyncWorkQueue{T}.TaskDone"/> after each item, also a failed one.</item>
    /// <item>On the first error the workers are cancelled, and when they have ended the queue is shut down at once, so that no producer and
    /// no join waits for
    /// workers that are gone; the error is thrown by <c>await</c>, all errors are in <c>Task.Exception</c>.</item>
    /// <item>The handlers are called on the thread pool; on an <see cref="EventLoop"/> on the loop.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/> likewise, with <see cref="OperationCanceledException"/>.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="queue">The queue.</param>
    /// <param name="workers">How many; at least 1.</param>
    /// <param name="handler">Called once for each item, with the group's token.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after all workers.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workers"/> is less than 1.</exception>
    public static Task RunWorkersAsync<T>(
        AsyncWorkQueue<T> queue, int workers, Func<T, CancellationToken, Task> handler, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(queue);
        Ensure.NotNull(handler);
        EnsureWorkers(workers);
        if (cancellationToken.IsCancellationRequested) queue.Shutdown(immediate: true);
        return TaskGroup.Run(
            static (group, pool) => pool.RunAsync(group), new QueueWorkers<T>(queue, handler, workers), options: null, cancellationToken);
    }

    private static void EnsureWorkers(int workers)
    {
        if (workers < 1) throw new ArgumentOutOfRangeException(nameof(workers), workers, "Must be at least 1.");
    }
}
