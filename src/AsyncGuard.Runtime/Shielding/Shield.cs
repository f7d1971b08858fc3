using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Keeps cancellation away from work that must continue: the wait ends, the work does not.
/// <list type="bullet">
/// <item><see cref="WaitAsync(Task, CancellationToken)"/>: other code owns the task; only this wait for it can be cancelled.</item>
/// <item><see cref="RunAsync(Func{CancellationToken, Task}, CancellationToken)"/>: the work has no other owner; its late failure is
/// reported.</item>
/// <item><see cref="CompleteAsync(Func{CancellationToken, Task}, CancellationToken, TimeSpan?, TimeProvider?)"/>: cleanup; the wait lasts
/// as long as the work.</item>
/// </list>
/// </summary>
public static class Shield
{
    private static readonly object Gate = new();
    private static readonly WaiterList<VoidResult> Idle = new(Gate);
    private static int s_pending;

    /// <summary>
    /// Failures of work started by <c>RunAsync</c> whose caller had stopped waiting: each once. Raised on the thread that ended the work;
    /// what a handler throws is ignored, and the other handlers are called.
    /// </summary>
    public static event EventHandler<AbandonedExceptionEventArgs>? AbandonedException;

    /// <summary>How many operations started by <c>RunAsync</c> or <c>CompleteAsync</c> are running in this process.</summary>
    public static int PendingCount => Volatile.Read(ref s_pending);

    /// <summary>
    /// Waits for a task, until the token is cancelled: asyncio's <c>shield(task)</c>.
    /// <list type="bullet">
    /// <item>The task continues whatever happens to this wait; its result or exception is passed on unchanged.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/>: <see cref="OperationCanceledException"/> with that token, at once; nothing
    /// stays attached to the task.</item>
    /// <item>A task that is complete is returned itself, also under a cancelled token.</item>
    /// <item>A failure after the wait was cancelled stays in the task: the code that owns it observes it.</item>
    /// </list>
    /// </summary>
    /// <param name="inner">The task.</param>
    /// <param name="cancellationToken">Cancels this wait only.</param>
    /// <returns>A task that ends with <paramref name="inner"/> or with the token.</returns>
    public static Task WaitAsync(Task inner, CancellationToken cancellationToken)
    {
        Ensure.NotNull(inner);
        if (inner.IsCompleted || !cancellationToken.CanBeCanceled) return inner;
#if NETSTANDARD2_0
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : DetachableWait.Start<VoidResult>(inner, cancellationToken);
#else
        return inner.WaitAsync(cancellationToken);
#endif
    }

    /// <inheritdoc cref="WaitAsync(Task, CancellationToken)"/>
    /// <typeparam name="T">The task's result.</typeparam>
    public static Task<T> WaitAsync<T>(Task<T> inner, CancellationToken cancellationToken)
    {
        Ensure.NotNull(inner);
        if (inner.IsCompleted || !cancellationToken.CanBeCanceled) return inner;
#if NETSTANDARD2_0
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : DetachableWait.Start<T>(inner, cancellationToken);
#else
        return inner.WaitAsync(cancellationToken);
#endif
    }

    /// <summary>
    /// Starts work that nothing cancels, and waits for it until the token is cancelled.
    /// <list type="bullet">
    /// <item>The work is called at once, on the caller, also when <paramref name="cancellationToken"/> is cancelled already. Its own token
    /// is never cancelled.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/>: <see cref="OperationCanceledException"/> with that token; the work
    /// continues.</item>
    /// <item>If the work then fails, no other code can observe it: it is reported once to <see cref="AbandonedException"/>.</item>
    /// <item>Otherwise the work's result or exceptions are passed on unchanged. A cancellation with an inner exception, or of a derived
    /// type, is thrown as that very exception, by a task that is faulted.</item>
    /// <item><see cref="WaitForPendingAsync"/> waits for such work before the process ends.</item>
    /// </list>
    /// </summary>
    /// <param name="operation">The work.</param>
    /// <param name="cancellationToken">Cancels this wait only.</param>
    /// <returns>A task that ends with the work or with the token.</returns>
    public static Task RunAsync(Func<CancellationToken, Task> operation, CancellationToken cancellationToken)
    {
        Ensure.NotNull(operation);
        var work = AmbientContext.Invoke(static (operation, token) => operation(token), operation, CancellationToken.None);
        if (work.IsCompleted) return work;
        return new ShieldedWork<VoidResult>(work).Start(cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(Func{CancellationToken, Task}, CancellationToken)"/>
    /// <typeparam name="T">The work's result.</typeparam>
    public static Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        Ensure.NotNull(operation);
        var work = AmbientContext.Invoke<Func<CancellationToken, Task<T>>, CancellationToken, T>(
            static (operation, token) => operation(token), operation, CancellationToken.None);
        if (work.IsCompleted) return work;
        return new ShieldedWork<T>(work).Start(cancellationToken);
    }

    /// <summary>
    /// Runs cleanup to its end, and only then observes the token: Kotlin's <c>NonCancellable</c>.
    /// <list type="bullet">
    /// <item>The cleanup is called at once, on the caller, also when <paramref name="cancellationToken"/> is cancelled already.</item>
    /// <item>It is always waited for. Its own exception is passed on unchanged, or all of them if it has several; it beats the
    /// cancellation.</item>
    /// <item>After it succeeded, a cancelled <paramref name="cancellationToken"/>: <see cref="OperationCanceledException"/> with that
    /// token.</item>
    /// <item>With <paramref name="grace"/>: that long after <paramref name="cancellationToken"/> was cancelled the cleanup's own token is
    /// cancelled; if it
    /// stops for that, <see cref="OperationCanceledException"/> with <paramref name="cancellationToken"/>.</item>
    /// </list>
    /// </summary>
    /// <param name="operation">The cleanup.</param>
    /// <param name="cancellationToken">Observed after the cleanup.</param>
    /// <param name="grace">How long the cleanup may take after the cancellation; null for no limit.</param>
    /// <param name="timeProvider">The clock of <paramref name="grace"/>; the system's when null.</param>
    /// <returns>A task that ends after the cleanup.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="grace"/> is negative and not infinite, or longer than 49
    /// days.</exception>
    public static Task CompleteAsync(
        Func<CancellationToken, Task> operation, CancellationToken cancellationToken, TimeSpan? grace = null,
        TimeProvider? timeProvider = null)
    {
        Ensure.NotNull(operation);
        if (grace is { } value) Ensure.Delay(value, nameof(grace));
        return CompleteCoreAsync<VoidResult>(operation, cancellationToken, grace ?? Timeout.InfiniteTimeSpan,
            timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc cref="CompleteAsync(Func{CancellationToken, Task}, CancellationToken, TimeSpan?, TimeProvider?)"/>
    /// <typeparam name="T">The cleanup's result.</typeparam>
    public static Task<T> CompleteAsync<T>(
        Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken, TimeSpan? grace = null,
        TimeProvider? timeProvider = null)
    {
        Ensure.NotNull(operation);
        if (grace is { } value) Ensure.Delay(value, nameof(grace));
        return CompleteCoreAsync<T>(operation, cancellationToken, grace ?? Timeout.InfiniteTimeSpan, timeProvider ?? TimeProvider.System);
    }

    /// <summary>
    /// Waits until no operation started by <c>RunAsync</c> or <c>CompleteAsync</c> is running: the last step of a graceful shutdown.
    /// Cancels none of them; failures of the operations are not thrown here.
    /// </summary>
    /// <param name="timeout">The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for any.</param>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <returns>A task that ends when <see cref="PendingCount"/> was 0.</returns>
    /// <exception cref="TimeoutException">Operations were still running; the message says how many.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or longer than 49
    /// days.</exception>
    public static Task WaitForPendingAsync(TimeSpan timeout, TimeProvider? timeProvider = null)
    {
        Ensure.Delay(timeout);
        if (PendingCount == 0) return Task.CompletedTask;
        Waiter<VoidResult> waiter;
        lock (Gate) waiter = Idle.Add();
        Interlocked.MemoryBarrier();
        if (PendingCount == 0) Release();
        return timeout == Timeout.InfiniteTimeSpan ? waiter.Task : WaitForIdleAsync(waiter, timeout, timeProvider ?? TimeProvider.System);
    }

    private static async Task WaitForIdleAsync(Waiter<VoidResult> waiter, TimeSpan timeout, TimeProvider time)
    {
        using var source = Clock.SourceAfter(time, timeout);
        Idle.Watch(waiter, source.Token);
        try
        {
            await ((Task)waiter.Task).Inline();
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{PendingCount} shielded operations were still running after {timeout}.");
        }
    }

    private static Task<T> CompleteCoreAsync<T>(
        Func<CancellationToken, Task> operation, CancellationToken cancellationToken, TimeSpan grace, TimeProvider time)
    {
        if (grace != Timeout.InfiniteTimeSpan && cancellationToken.CanBeCanceled)
            return Tasks.Inner(CompleteWithinGraceAsync<T>(operation, cancellationToken, grace, time));
        return Tasks.Inner(CompleteAsync<T>(
            AmbientContext.Invoke(static (operation, token) => operation(token), operation, CancellationToken.None), cancellationToken));
    }

    private static async Task<Task<T>> CompleteAsync<T>(Task work, CancellationToken cancellationToken)
    {
        if (!work.IsCompleted)
        {
            Begin();
            if (Continuations.StayHere) await new InlineWithoutThrowing(work);
            else await work.WithoutThrowing();
            End();
        }

        return OutcomeOf<T>(work, cancellationToken, isCutShort: false);
    }

    private static async Task<Task<T>> CompleteWithinGraceAsync<T>(
        Func<CancellationToken, Task> operation, CancellationToken cancellationToken, TimeSpan grace, TimeProvider time)
    {
        using var source = new TimeLimit();
        source.StartWhenCancelled(cancellationToken, time, grace);
        var work = AmbientContext.Invoke(static (operation, token) => operation(token), operation, source.Token);
        if (!work.IsCompleted)
        {
            Begin();
            if (Continuations.StayHere) await new InlineWithoutThrowing(work);
            else await work.WithoutThrowing();
            End();
        }

        if (source.End() is { } callbacks) await callbacks.Inline();
        if (source.CallbackErrors(work) is { } failures) return Tasks.Failed<T>(failures);
        return OutcomeOf<T>(work, cancellationToken, source.IsOver);
    }

    /// <summary>What comes out of a cleanup that has ended: a task, since an async method can fail with one exception only.</summary>
    private static Task<T> OutcomeOf<T>(Task work, CancellationToken cancellationToken, bool isCutShort)
    {
        if (Tasks.HasSucceeded(work))
        {
            return cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : Tasks.Succeeded<T>(work);
        }

        var errors = Tasks.ErrorsOf(work);
        if (isCutShort && work.IsCanceled && !Tasks.HasFailures(errors))
        {
            return Tasks.Canceled<T>(new OperationCanceledException(
                "The cleanup was cut short: its time of grace was over.", errors[0], cancellationToken));
        }

        return Tasks.Failed<T>(errors);
    }

    internal static void Begin() => Interlocked.Increment(ref s_pending);

    internal static void End()
    {
        // A waiter joins the line and then looks at the count: it sees this zero, or is seen here.
        if (Interlocked.Decrement(ref s_pending) == 0 && Idle.Count > 0) Release();
    }

    private static void Release()
    {
        Waiter<VoidResult>? waiters;
        lock (Gate) waiters = Idle.TakeAll();
        Waiter<VoidResult>.CompleteAll(waiters, default);
    }

    internal static void Report(Exception error)
    {
        RuntimeEventSource.Log.AbandonedException(error.ToString());
        Handlers.Raise(AbandonedException, new AbandonedExceptionEventArgs(error));
    }
}
