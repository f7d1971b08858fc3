using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Waits for some of several tasks and says which: asyncio's <c>wait</c>.</summary>
public static class TaskWait
{
    /// <summary>
    /// Waits for tasks and sorts them into those that have ended and those that have not.
    /// <list type="bullet">
    /// <item>Never throws an exception of the tasks, never cancels them, and throws nothing at the time-out: look at the result.</item>
    /// <item>Whatever has ended when the wait ends is among <see cref="WaitResult{TTask}.Done"/>; on an <see cref="EventLoop"/>, when the
    /// caller continues.</item>
    /// <item>Leaves nothing attached to the tasks that continue, so it can be called in a loop.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/> ends the wait with <see cref="OperationCanceledException"/>; the tasks go
    /// on.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="TTask">The type of the tasks.</typeparam>
    /// <param name="tasks">At least one; the same task twice counts once. Enumerated once, at once.</param>
    /// <param name="timeout">The longest wait; null for any. Zero looks without waiting.</param>
    /// <param name="until">What to wait for.</param>
    /// <param name="cancellationToken">Cancels this wait only.</param>
    /// <param name="timeProvider">The clock of <paramref name="timeout"/>; the system's when null.</param>
    /// <returns>Which tasks have ended and which have not.</returns>
    /// <exception cref="ArgumentException">No tasks, or a null among them.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or longer than 49 days;
    /// <paramref name="until"/> is not one of its values.</exception>
    public static Task<WaitResult<TTask>> WaitAsync<TTask>(
        IEnumerable<TTask> tasks,
        TimeSpan? timeout = null,
        WaitUntil until = WaitUntil.AllCompleted,
        CancellationToken cancellationToken = default,
        TimeProvider? timeProvider = null)
        where TTask : Task
    {
        Ensure.NotNull(tasks);
        if (until is < WaitUntil.AllCompleted or > WaitUntil.FirstException)
            throw new ArgumentOutOfRangeException(nameof(until), until, "Not a value of WaitUntil.");
        var limit = timeout ?? Timeout.InfiniteTimeSpan;
        Ensure.Delay(limit, nameof(timeout));
        var all = Copy(tasks);
        if (all.Length == 0) throw new ArgumentException("There is nothing to wait for.", nameof(tasks));
        var pending = EndedTasks.CountPending(all, until, out var isEnough);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<WaitResult<TTask>>(cancellationToken);
        if (isEnough || pending == 0 || limit == TimeSpan.Zero) return Task.FromResult(new WaitResult<TTask>(all));
        var time = timeProvider ?? TimeProvider.System;
        if (until != WaitUntil.FirstCompleted || Continuations.StayHere)
            return new TaskWaiter<TTask>(all, until).WaitAsync(limit, time, cancellationToken);
        return limit == Timeout.InfiniteTimeSpan && !cancellationToken.CanBeCanceled
            ? WaitResult<TTask>.OfFirst(all)
            : new FirstWait<TTask>(all).Start(limit, time, cancellationToken);
    }

    /// <summary>As plain tasks: what is done with them is then neither generic nor hindered by an array of a derived type.</summary>
    private static Task[] Copy<TTask>(IEnumerable<TTask> tasks) where TTask : Task
    {
        if (tasks is not Task[] { Length: > 0 } array) return [.. tasks];
#if NETSTANDARD2_0
        var copy = new Task[array.Length];
        Array.Copy(array, copy, copy.Length);
        return copy;
#else
        // The quickest of all copies, and of this very type.
        return new ReadOnlySpan<Task>(array).ToArray();
#endif
    }

    /// <summary>The end of this task alone ends the wait.</summary>
    internal static bool Satisfies(Task ended, WaitUntil until) => until switch
    {
        WaitUntil.FirstCompleted => true,
        WaitUntil.FirstException => ended.IsFaulted,
        _ => false,
    };
}
