using System;
#if !NETSTANDARD2_0
using System.Runtime.CompilerServices;
#endif
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// How the library itself waits for tasks: by a synchronous continuation on the thread that completes them. It runs in order of
/// registration, so before the continuation of any later await of the task (of several awaits on one task the runtime runs only the last
/// inline); it is never captured into the caller's context (no deadlock under sync-over-async), and never moves to the thread pool because
/// the completing thread has a context. Under <see cref="IKeepsContinuations"/> it stays on the loop also for tasks that complete their
/// awaiters asynchronously, so that virtual time is exact.
/// </summary>
internal static class Continuations
{
    /// <summary>
    /// For a task whose awaiters are to run inside the call that completes it: a deliberate choice, made where it is used.
    /// </summary>
    public static readonly TaskCreationOptions RunInline = TaskCreationOptions.None;

#if !NETSTANDARD2_0
    // A continuation captures the execution context, which costs 80 bytes unless it is the default one; ours need none. Null until the
    // thread pool has shown us the default one.
    private static ExecutionContext? s_defaultFlow = FetchDefaultFlow();
#endif

    /// <summary>The caller has to continue where it is: on its event loop.</summary>
    public static bool StayHere => SynchronizationContext.Current is IKeepsContinuations;

    /// <summary>
    /// For an <c>await</c> that continues wherever the task completes, and checks how the task ended. Costs nothing but the method's
    /// own state; not where the caller has to <see cref="StayHere"/>.
    /// </summary>
#if NETSTANDARD2_0
    public static WithoutThrowing WithoutThrowing(this Task task) => new(task);
#else
    public static ConfiguredTaskAwaitable WithoutThrowing(this Task task) => task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
#endif

    public static InlineAwaitable Inline(this Task task) => new(task);

    public static InlineAwaitable<T> Inline<T>(this Task<T> task) => new(task);

    public static void Attach(Task task, Action continuation) => Attach(task, static (_, state) => ((Action)state!)(), continuation);

    public static void Attach(Task task, Action<Task, object?> continuation, object state)
    {
        if (StayHere && (task.CreationOptions & TaskCreationOptions.RunContinuationsAsynchronously) != 0)
        {
            PostToLoop(task, continuation, state);
            return;
        }
#if NETSTANDARD2_0
        Continue(task, continuation, state);
#else
        var flow = ExecutionContext.Capture();
        if (flow is null || s_defaultFlow is not { } defaultFlow || flow == defaultFlow)
        {
            Continue(task, continuation, state);
            return;
        }

        ExecutionContext.Restore(defaultFlow);
        try
        {
            Continue(task, continuation, state);
        }
        finally
        {
            ExecutionContext.Restore(flow);
        }
#endif
    }

    // Apart, because its closure would be allocated on every path of the caller.
    private static void PostToLoop(Task task, Action<Task, object?> continuation, object state)
        => task.GetAwaiter().UnsafeOnCompleted(() => continuation(task, state));

    private static void Continue(Task task, Action<Task, object?> continuation, object state)
        => _ = task.ContinueWith(
            continuation,
            state,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

#if !NETSTANDARD2_0
    private static ExecutionContext? FetchDefaultFlow()
    {
        ThreadPool.UnsafeQueueUserWorkItem(static _ => s_defaultFlow = ExecutionContext.Capture(), null);
        return null;
    }
#endif
}
