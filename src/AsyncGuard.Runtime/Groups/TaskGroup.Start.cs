using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Starts a child: calls it at once, on the caller, and waits for its task before the group ends.
    /// <list type="bullet">
    /// <item>Never throws the child's exception, not even a synchronous one: the returned task and the group report it.</item>
    /// <item>An error of the child cancels the body and the other children (<see cref="TaskGroupPolicy"/>).</item>
    /// <item>The child receives the group's token. Awaiting the returned task is optional; an error awaited in the body is counted
    /// once.</item>
    /// <item>While the group is stopping: <see cref="OperationCanceledException"/> with the group's token, and the error that stopped the
    /// group as its <see cref="Exception.InnerException"/>; the child is not called.</item>
    /// <item>After the group has ended: <see cref="InvalidOperationException"/>, and the child is not called.</item>
    /// <item>Children may start children, also after the body has ended: the group waits for them too.</item>
    /// <item>With all slots taken (<see cref="TaskGroupOptions.MaxConcurrency"/>) the child waits its turn and starts later, in the
    /// caller's context; the returned task stands for it.</item>
    /// </list>
    /// </summary>
    /// <param name="child">The work.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The child's own task.</returns>
    public Task Start(
        Func<CancellationToken, Task> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(static (child, token) => child(token), child, Site(name, file, line));
    }

    /// <inheritdoc cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> Start<T>(
        Func<CancellationToken, Task<T>> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<Func<CancellationToken, Task<T>>, T>(static (child, token) => child(token), child, Site(name, file, line));
    }

    /// <summary>
    /// As <see cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>, for a synchronous child: it runs to its end inside
    /// this call, so the children after it start later. For work that takes time
    /// <see cref="StartOnThreadPool(Action{CancellationToken}, string?, string?, int)"/>.
    /// </summary>
    /// <param name="child">The work.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task for the child.</returns>
    [OverloadResolutionPriority(-2)] // A lambda with a result fits too, and would lose it.
    public Task Start(
        Action<CancellationToken> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(
            static (child, token) =>
            {
                child(token);
                return Task.CompletedTask;
            },
            child,
            Site(name, file, line));
    }

    /// <summary>
    /// Keeps a child whose result would be dropped, a <see cref="ValueTask"/> not awaited among them, from being taken for a synchronous
    /// one.
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="child">The work.</param>
    /// <param name="name">Not used.</param>
    /// <param name="file">Not used.</param>
    /// <param name="line">Not used.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    [Obsolete("Use StartValue for a method that returns a ValueTask, and StartOnThreadPool for a synchronous one with a result.",
        error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    [OverloadResolutionPriority(-1)]
    public Task Start<T>(
        Func<CancellationToken, T> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
        => throw new NotSupportedException(
        "Use StartValue for a method that returns a ValueTask, and StartOnThreadPool for a synchronous one with a result.");

    /// <inheritdoc cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="child">The work; with a state it can be a static lambda, which allocates nothing.</param>
    /// <param name="state">Handed to the child.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public Task Start<TState>(
        Func<TState, CancellationToken, Task> child, TState state, string? name = null, [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(child, state, Site(name, file, line));
    }

    /// <inheritdoc cref="Start{TState}(Func{TState, CancellationToken, Task}, TState, string?, string?, int)"/>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> Start<TState, T>(
        Func<TState, CancellationToken, Task<T>> child, TState state, string? name = null, [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<TState, T>(child, state, Site(name, file, line));
    }

    /// <summary>
    /// As <see cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>, for methods that return a <see cref="ValueTask"/>:
    /// it is consumed once, and costs no task object when it is already complete.
    /// </summary>
    /// <param name="child">The work.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task for the child.</returns>
    public Task StartValue(
        Func<CancellationToken, ValueTask> child, string? name = null, [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(static (child, token) => child(token).AsTask(), child, Site(name, file, line));
    }

    /// <inheritdoc cref="StartValue(Func{CancellationToken, ValueTask}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> StartValue<T>(
        Func<CancellationToken, ValueTask<T>> child, string? name = null, [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<Func<CancellationToken, ValueTask<T>>, T>(static (child, token) => child(token).AsTask(), child,
            Site(name, file, line));
    }

    /// <summary>
    /// Starts a child on the thread pool: for work that computes before its first await. Otherwise as
    /// <see cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>. Stopping the group before a thread took it up means
    /// that it is not called.
    /// </summary>
    /// <param name="child">The work.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task for the child.</returns>
    public Task StartOnThreadPool(
        Func<CancellationToken, Task> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(static (child, token) => Task.Run(() => child(token), token), child, Site(name, file, line));
    }

    /// <inheritdoc cref="StartOnThreadPool(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> StartOnThreadPool<T>(
        Func<CancellationToken, Task<T>> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<Func<CancellationToken, Task<T>>, T>(
            static (child, token) => Task.Run(() => child(token), token), child, Site(name, file, line));
    }

    /// <inheritdoc cref="StartOnThreadPool(Func{CancellationToken, Task}, string?, string?, int)"/>
    public Task StartOnThreadPool(
        Action<CancellationToken> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(static (child, token) => Task.Run(() => child(token), token), child, Site(name, file, line));
    }

    /// <inheritdoc cref="StartOnThreadPool(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> StartOnThreadPool<T>(
        Func<CancellationToken, T> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        ValueTasks.Refuse<T>(UseAsTask);
        return StartCore<Func<CancellationToken, T>, T>(
            static (child, token) => Task.Run(() => child(token), token), child, Site(name, file, line));
    }

    private const string UseAsTask = "Use an async lambda that awaits it, or AsTask: of a ValueTask only the beginning would be waited for.";

    /// <summary>
    /// Not for a method that returns a <see cref="ValueTask"/>: only its beginning would be waited for, and its exception be lost. An
    /// overload that does not compile; one for a <see cref="ValueTask{TResult}"/> is refused when it is called.
    /// </summary>
    /// <typeparam name="TTask">The task of the work.</typeparam>
    /// <param name="child">Asynchronous.</param>
    /// <param name="name">Not used.</param>
    /// <param name="file">Not used.</param>
    /// <param name="line">Not used.</param>
    /// <param name="asynchronous">Not used; distinguishes the overloads.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    [Obsolete(UseAsTask, error: true)]
    [OverloadResolutionPriority(1)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Task StartOnThreadPool<TTask>(
        Func<CancellationToken, TTask> child,
        string? name = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0,
        BlockingWork.AsynchronousWork? asynchronous = null)
        where TTask : struct, IEquatable<ValueTask>
        => throw new NotSupportedException(UseAsTask);
}
