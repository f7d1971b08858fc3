using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Runs code that blocks, away from the thread pool: asyncio's <c>to_thread</c>.</summary>
public static class BlockingWork
{
    /// <summary>
    /// Runs blocking code on a thread of its own kind and returns its result.
    /// <list type="bullet">
    /// <item>However much of it blocks, the thread pool keeps its threads: work beyond the limit waits its turn.</item>
    /// <item>The caller's execution context flows into it; its exception is passed on unchanged.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/> before a thread took it up: it is not run, and
    /// <see cref="OperationCanceledException"/> is thrown at once.</item>
    /// <item>Afterwards a thread cannot be stopped: the wait lasts until the work has ended, and its result is returned. With
    /// <paramref name="abandonOnCancel"/>, <see cref="OperationCanceledException"/> at once; the work continues, and if it fails that goes
    /// to <see cref="Shield.AbandonedException"/>.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="work">The blocking code.</param>
    /// <param name="cancellationToken">Cancels the wait as said.</param>
    /// <param name="abandonOnCancel">Whether a cancelled caller leaves running work behind.</param>
    /// <param name="limiter">The threads; <see cref="BlockingLimiter.Default"/> when null.</param>
    /// <returns>A task with the result. It continues its awaiters away from the blocking thread.</returns>
    public static Task<T> RunAsync<T>(
        Func<T> work, CancellationToken cancellationToken = default, bool abandonOnCancel = false, BlockingLimiter? limiter = null)
    {
        Ensure.NotNull(work);
        ValueTasks.Refuse<T>(IsAsynchronous);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        return new BlockingCall<T>(work, abandonOnCancel, cancellationToken).Start(limiter ?? BlockingLimiter.Default);
    }

    /// <inheritdoc cref="RunAsync{T}(Func{T}, CancellationToken, bool, BlockingLimiter?)"/>
    public static Task RunAsync(
        Action work, CancellationToken cancellationToken = default, bool abandonOnCancel = false, BlockingLimiter? limiter = null)
    {
        Ensure.NotNull(work);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        return new BlockingCall<VoidResult>(work, abandonOnCancel, cancellationToken).Start(limiter ?? BlockingLimiter.Default);
    }

    /// <summary>
    /// Not for asynchronous work: the thread would only begin it, and the task end there, with the work's exception lost. An overload that
    /// does not compile.
    /// </summary>
    /// <typeparam name="TTask">The task of the work.</typeparam>
    /// <param name="work">Asynchronous.</param>
    /// <param name="cancellationToken">Not used.</param>
    /// <param name="abandonOnCancel">Not used.</param>
    /// <param name="limiter">Not used.</param>
    /// <param name="asynchronous">Not used; distinguishes the overloads.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    [Obsolete(IsAsynchronous, error: true)]
    [OverloadResolutionPriority(2)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task RunAsync<TTask>(
        Func<TTask> work,
        CancellationToken cancellationToken = default,
        bool abandonOnCancel = false,
        BlockingLimiter? limiter = null,
        AsynchronousWork? asynchronous = null)
        where TTask : Task
        => throw new NotSupportedException(IsAsynchronous);

    /// <inheritdoc cref="RunAsync{TTask}(Func{TTask}, CancellationToken, bool, BlockingLimiter?, AsynchronousWork?)"/>
    [Obsolete(IsAsynchronous, error: true)]
    [OverloadResolutionPriority(2)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task RunAsync<TTask>(
        Func<TTask> work,
        CancellationToken cancellationToken = default,
        bool abandonOnCancel = false,
        BlockingLimiter? limiter = null,
        AsynchronousValueWork? asynchronous = null)
        where TTask : struct, IEquatable<ValueTask>
        => throw new NotSupportedException(IsAsynchronous);

    /// <inheritdoc cref="RunAsync{TTask}(Func{TTask}, CancellationToken, bool, BlockingLimiter?, AsynchronousWork?)"/>
    /// <typeparam name="T">The result of the work.</typeparam>
    [Obsolete(IsAsynchronous, error: true)]
    [OverloadResolutionPriority(1)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task RunAsync<T>(
        Func<ValueTask<T>> work,
        CancellationToken cancellationToken = default,
        bool abandonOnCancel = false,
        BlockingLimiter? limiter = null,
        AsynchronousValueWork? asynchronous = null)
        => throw new NotSupportedException(IsAsynchronous);

    private const string IsAsynchronous =
        "This work is asynchronous: it does not block a thread, and BlockingWork would not wait for its end. Await it, or use Task.Run.";

    /// <summary>Marks the overloads for asynchronous work with a <see cref="ValueTask"/>, which do not compile.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class AsynchronousValueWork
    {
        private AsynchronousValueWork()
        {
        }
    }

    /// <summary>Marks the overload for asynchronous work, which does not compile.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public sealed class AsynchronousWork
    {
        private AsynchronousWork()
        {
        }
    }
}
