using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// How the library itself waits for tasks: inline on the thread that completes them, never captured into the caller's context
/// (no deadlock under sync-over-async) and never by <c>ConfigureAwait(false)</c> (which hops to the thread pool when the
/// completing thread has a context). On an <see cref="EventLoop"/> the continuation stays on the loop, so that virtual time is exact.
/// </summary>
internal static class Continuations
{
    public static InlineAwaitable Inline(this Task task) => new(task);

    public static InlineAwaitable<T> Inline<T>(this Task<T> task) => new(task);

    public static void Attach(Task task, Action continuation)
    {
        if (SynchronizationContext.Current is EventLoop)
        {
            task.GetAwaiter().UnsafeOnCompleted(continuation);
            return;
        }
        _ = task.ContinueWith(
            static (_, state) => ((Action)state!)(),
            continuation,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Neither a synchronization context nor a task scheduler is in force.</summary>
    public static bool IsDefaultContext
    {
        get
        {
            var context = SynchronizationContext.Current;
            return (context is null || context.GetType() == typeof(SynchronizationContext)) && TaskScheduler.Current == TaskScheduler.Default;
        }
    }
}
