using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Starts a child and waits until it says that it is ready (a server that listens, a consumer that has subscribed), as Trio's
    /// <c>nursery.start</c>.
    /// <list type="bullet">
    /// <item>The result is the value passed to <see cref="ReadySignal{TReady}.Started"/>; the child continues like any child.</item>
    /// <item>A failure before that is thrown by the returned task and not of the group. Where the task is not awaited, it is an error of
    /// the group
    /// at the group's end.</item>
    /// <item>A child that ends without it: <see cref="InvalidOperationException"/> from the returned task.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/> before that cancels the child, and the returned task ends when it has ended;
    /// a child that waits for a slot is not called, and the returned task ends at once; afterwards it has no effect.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="TReady">What the child reports when it is ready: its address, its handle.</typeparam>
    /// <param name="child">The work; must call <see cref="ReadySignal{TReady}.Started"/> once.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Await once. Ends when the child is ready, or has ended before it was.</returns>
    public ValueTask<TReady> StartAndWaitReadyAsync<TReady>(
        Func<ReadySignal<TReady>, CancellationToken, Task> child,
        CancellationToken cancellationToken = default,
        string? name = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        if (cancellationToken.IsCancellationRequested) return new ValueTask<TReady>(Task.FromCanceled<TReady>(cancellationToken));
        return new ValueTask<TReady>(
            StartReady<TReady>((start, token) => child(new ReadySignal<TReady>(start), token), cancellationToken,
                new ChildRecord(name, file, line)), 0);
    }

    /// <summary>As <see cref="StartAndWaitReadyAsync{TReady}"/>, for a child that reports only that it is ready.</summary>
    /// <param name="child">The work; must call <see cref="ReadySignal.Started"/> once.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Await once. Ends when the child is ready, or has ended before it was.</returns>
    public ValueTask StartAndWaitReadyAsync(
        Func<ReadySignal, CancellationToken, Task> child,
        CancellationToken cancellationToken = default,
        string? name = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        if (cancellationToken.IsCancellationRequested) return new ValueTask(Task.FromCanceled(cancellationToken));
        return new ValueTask(
            StartReady<VoidResult>((start, token) => child(new ReadySignal(start), token), cancellationToken,
                new ChildRecord(name, file, line)), 0);
    }

    private ReadyStart<TReady> StartReady<TReady>(
        Func<ReadyStart<TReady>, CancellationToken, Task> child, CancellationToken cancellationToken, ChildRecord record)
    {
        var start = new ReadyStart<TReady>(this, child, record, cancellationToken);
        record.Ready = start;
        var task = StartCore(static (start, token) => start.Run(token), start, record);
        if (task.IsCompleted) return start;
        start.WatchLine();
        // A child that was dropped while it waited for a slot never reaches the group's own check.
        Continuations.Attach(task, () => start.EndInLine(task));
        return start;
    }

    /// <summary>
    /// As <see cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>, with a handle to stop this child alone: its own
    /// cancellation is then neither an error nor a reason to stop the others. A body that awaits the child's task still meets the
    /// <see cref="OperationCanceledException"/> there and has to catch it.
    /// </summary>
    /// <param name="child">The work.</param>
    /// <param name="name">A name for reports and for <see cref="ChildTask.Name"/>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The handle.</returns>
    public ChildTask StartCancellable(
        Func<CancellationToken, Task> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        var record = new ChildRecord(name, file, line);
        var handle = new ChildCancellation<Func<CancellationToken, Task>>(this, child, record);
        var task = StartCore(static (handle, token) => handle.Run(static (child, token) => child(token), token), handle, record);
        return new ChildTask(task, handle, name);
    }

    /// <inheritdoc cref="StartCancellable(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public ChildTask<T> StartCancellable<T>(
        Func<CancellationToken, Task<T>> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        var record = new ChildRecord(name, file, line);
        var handle = new ChildCancellation<Func<CancellationToken, Task<T>>>(this, child, record);
        var task = StartCore<ChildCancellation<Func<CancellationToken, Task<T>>>, T>(
            static (handle, token) => handle.Run(static (child, token) => child(token), token), handle, record);
        return new ChildTask<T>(task, handle, name);
    }

    /// <summary>
    /// Adopts a task that is already running: the group waits for it and takes its error as a child's.
    /// <list type="bullet">
    /// <item>It cannot be cancelled by the group. It does not wait for a slot, but takes one while it runs.</item>
    /// <item>Also accepted while the group is stopping, since it is running anyway; after the end
    /// <see cref="InvalidOperationException"/>.</item>
    /// <item>A task that was already started or tracked here is harmless: its error counts once.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="TTask">The task's type.</typeparam>
    /// <param name="task">The running task.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>The same task.</returns>
    public TTask Track<TTask>(
        TTask task, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
        where TTask : Task
    {
        Ensure.NotNull(task);
        var record = Site(name, file, line)?.Record();
        if (!_counts.TryAdopt()) throw HasEnded();
        if (record is not null)
        {
            lock (_completion) _extras!.List(record);
        }

        if (task.IsCompleted) ChildDone(task, record);
        else Watch(task, record);
        return task;
    }

    /// <inheritdoc cref="ChildWatches.TryAttach"/>
    internal bool TryWatch(Task child, ChildRecord? record) => _watches.TryAttach(this, child, record);

    /// <summary>For a task that others may have awaited already: they keep their place, and their right to run inline.</summary>
    internal void Watch(Task task, ChildRecord? record)
        => Continuations.Attach(task, (task, _) => ChildDone(task, record), this);
}
