using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Runs the body and the children that it starts, and waits for all of them. The main form.
    /// <list type="bullet">
    /// <item>Waits for the body and every child, however they end; none is abandoned.</item>
    /// <item>An error of the body or a child cancels the others and is thrown by <c>await</c>: the first error with its own type, all
    /// of them in <c>Task.Exception</c>.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/> cancels body and children; if any of them stops for it and there is no
    /// error, <see cref="OperationCanceledException"/> with that token is thrown. If all work completed in spite of it, the group
    /// succeeds.</item>
    /// <item>A token that is cancelled beforehand: <see cref="OperationCanceledException"/>, and the body is not called.</item>
    /// </list>
    /// </summary>
    /// <param name="body">Called at once, on the caller. Its own exception is treated as a child's.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after the body and all children. It continues its awaiters asynchronously.</returns>
    public static Task RunAsync(Func<TaskGroup, Task> body, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        return Run(static (group, body) => body(group), body, options: null, cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(Func{TaskGroup, Task}, CancellationToken)"/>
    /// <param name="body">Called at once, on the caller. Its own exception is treated as a child's.</param>
    /// <param name="options">Name, limit, time-out, policies. After the time-out: <see cref="TimeoutException"/>.</param>
    /// <param name="cancellationToken">The outer token.</param>
    public static Task RunAsync(Func<TaskGroup, Task> body, TaskGroupOptions options, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        Ensure.NotNull(options);
        return Run(static (group, body) => body(group), body, options, cancellationToken);
    }

    /// <summary>
    /// As <see cref="RunAsync(Func{TaskGroup, Task}, CancellationToken)"/>, with the body's result once all children have ended. Ended by
    /// <see cref="Cancel"/> before the body returned: <see cref="OperationCanceledException"/>, since no result can be invented.
    /// </summary>
    /// <typeparam name="TResult">What the body returns.</typeparam>
    /// <param name="body">Called at once, on the caller.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task with the body's result that ends after the body and all children.</returns>
    public static Task<TResult> RunAsync<TResult>(Func<TaskGroup, Task<TResult>> body, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        return Run<Func<TaskGroup, Task<TResult>>, TResult>(static (group, body) => body(group), body, options: null, cancellationToken);
    }

    /// <inheritdoc cref="RunAsync{TResult}(Func{TaskGroup, Task{TResult}}, CancellationToken)"/>
    /// <param name="body">Called at once, on the caller.</param>
    /// <param name="options">Name, limit, time-out, policies.</param>
    /// <param name="cancellationToken">The outer token.</param>
    public static Task<TResult> RunAsync<TResult>(Func<TaskGroup, Task<TResult>> body, TaskGroupOptions options,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        Ensure.NotNull(options);
        return Run<Func<TaskGroup, Task<TResult>>, TResult>(static (group, body) => body(group), body, options, cancellationToken);
    }

    /// <summary>As <see cref="RunAsync(Func{TaskGroup, Task}, CancellationToken)"/>, with a body that only starts children.</summary>
    /// <param name="body">Called at once, on the caller.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after all children.</returns>
    [OverloadResolutionPriority(-2)] // A lambda with a result fits too, and would lose it.
    public static Task RunAsync(Action<TaskGroup> body, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        return Run(
            static (group, body) =>
            {
                body(group);
                return Task.CompletedTask;
            },
            body,
            options: null,
            cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(Action{TaskGroup}, CancellationToken)"/>
    /// <param name="body">Called at once, on the caller.</param>
    /// <param name="options">Name, limit, time-out, policies.</param>
    /// <param name="cancellationToken">The outer token.</param>
    [OverloadResolutionPriority(-2)] // A lambda with a result fits too, and would lose it.
    public static Task RunAsync(Action<TaskGroup> body, TaskGroupOptions options, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        Ensure.NotNull(options);
        return Run(
            static (group, body) =>
            {
                body(group);
                return Task.CompletedTask;
            },
            body,
            options,
            cancellationToken);
    }

    /// <summary>
    /// Keeps a body whose result would be dropped, a <see cref="ValueTask"/> not awaited among them, from being taken for one that only
    /// starts children. An overload that does not compile.
    /// </summary>
    /// <typeparam name="T">What the body returns.</typeparam>
    /// <param name="body">Not called.</param>
    /// <param name="cancellationToken">Not used.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="NotSupportedException">Always.</exception>
    [Obsolete(DropsResult, error: true)]
    [OverloadResolutionPriority(-1)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task RunAsync<T>(Func<TaskGroup, T> body, CancellationToken cancellationToken = default) where T : struct
        => throw new NotSupportedException(DropsResult);

    /// <inheritdoc cref="RunAsync{T}(Func{TaskGroup, T}, CancellationToken)"/>
    /// <typeparam name="T">What the body returns.</typeparam>
    /// <param name="body">Not called.</param>
    /// <param name="options">Not used.</param>
    /// <param name="cancellationToken">Not used.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(DropsResult, error: true)]
    [OverloadResolutionPriority(-1)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task RunAsync<T>(Func<TaskGroup, T> body, TaskGroupOptions options, CancellationToken cancellationToken = default)
        where T : struct
        => throw new NotSupportedException(DropsResult);

    private const string DropsResult = "What the body returns would be dropped: await it in an async lambda, or write the body as a block.";

    /// <summary>
    /// As <see cref="RunAsync(Func{TaskGroup, Task}, CancellationToken)"/>, with a state for the body, so that it can be a static lambda.
    /// </summary>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="body">Called at once, on the caller.</param>
    /// <param name="state">Handed to the body.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>A task that ends after the body and all children.</returns>
    public static Task RunAsync<TState>(Func<TaskGroup, TState, Task> body, TState state, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        return Run(body, state, options: null, cancellationToken);
    }

    /// <inheritdoc cref="RunAsync{TState}(Func{TaskGroup, TState, Task}, TState, CancellationToken)"/>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <typeparam name="TResult">What the body returns.</typeparam>
    /// <returns>A task with the body's result that ends after the body and all children.</returns>
    public static Task<TResult> RunAsync<TState, TResult>(
        Func<TaskGroup, TState, Task<TResult>> body, TState state, CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(body);
        return Run<TState, TResult>(body, state, options: null, cancellationToken);
    }

    /// <summary>
    /// Opens a group as a block, for bodies that must <c>return</c> or <c>yield</c> from inside it:
    /// <c>await using var scope = TaskGroup.Open(cancellationToken: token); … await scope.JoinAsync();</c>. Prefer
    /// <see cref="RunAsync(Func{TaskGroup, Task}, CancellationToken)"/>: a block cannot see its own body's exception.
    /// <list type="bullet">
    /// <item><see cref="TaskGroupScope.JoinAsync"/> waits for all children and is the only place that throws their errors.</item>
    /// <item>Leaving the block without a join (an exception, an early return) cancels the children and waits for them, and throws nothing:
    /// their errors go to <see cref="UnobservedChildException"/>.</item>
    /// </list>
    /// </summary>
    /// <param name="options">Name, limit, time-out, policies; null for none.</param>
    /// <param name="cancellationToken">The outer token. Cancelled beforehand: nothing can be started, and the join is canceled.</param>
    /// <param name="file">Filled in by the compiler, for the report about a scope that was dropped.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A running scope, to be disposed by <c>await using</c>.</returns>
    public static TaskGroupScope Open(
        TaskGroupOptions? options = null,
        CancellationToken cancellationToken = default,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        var group = new TaskGroup(new GroupCompletion<VoidResult>(), options, cancellationToken);
        group._acknowledged = cancellationToken.IsCancellationRequested;
        group.Arm();
        return new TaskGroupScope(group, file, line);
    }

    internal static Task Run<TState>(Func<TaskGroup, TState, Task> body, TState state, TaskGroupOptions? options,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var completion = new GroupCompletion<VoidResult>();
        var group = new TaskGroup(completion, options, cancellationToken);
        group.Arm();
        group.WatchBody(AmbientContext.Invoke(body, group, state));
        return completion.Task;
    }

    internal static Task<TResult> Run<TState, TResult>(
        Func<TaskGroup, TState, Task<TResult>> body, TState state, TaskGroupOptions? options, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<TResult>(cancellationToken);
        var completion = new GroupCompletion<TResult>();
        var group = new TaskGroup(completion, options, cancellationToken);
        group.Arm();
        group.WatchBody(AmbientContext.Invoke(body, group, state));
        return completion.Task;
    }

    /// <summary>The block form's body ends where it joins, or is abandoned where it does not.</summary>
    internal void EndBody()
    {
        _body = Task.CompletedTask;
        Release();
    }

    private void WatchBody(Task body)
    {
        _body = body;
        if (body.IsCompleted) BodyDone();
        else Continuations.Attach(body, BodyDone);
    }
}
