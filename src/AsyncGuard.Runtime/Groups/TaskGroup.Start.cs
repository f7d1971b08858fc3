using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Starts a child: calls it at once, on the caller, and waits for its task before the group ends.
    /// <list type="bullet">
    /// <item>Never throws the child's exception, not even a synchronous one: it comes out of the returned task and of the group.</item>
    /// <item>An error of the child cancels the body and the other children (<see cref="TaskGroupPolicy"/>).</item>
    /// <item>The child is handed the group's token. Awaiting the returned task is optional; an error awaited in the body is counted once.</item>
    /// <item>While the group is stopping: <see cref="OperationCanceledException"/> with the group's token, and the child is not called.</item>
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
        return StartCore(static (child, token) => child(token), child, Record(name, file, line));
    }

    /// <inheritdoc cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> Start<T>(
        Func<CancellationToken, Task<T>> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<Func<CancellationToken, Task<T>>, T>(static (child, token) => child(token), child, Record(name, file, line));
    }

    /// <inheritdoc cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <param name="child">The work; with a state it can be a static lambda, which allocates nothing.</param>
    /// <param name="state">Handed to the child.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public Task Start<TState>(
        Func<TState, CancellationToken, Task> child, TState state, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(child, state, Record(name, file, line));
    }

    /// <inheritdoc cref="Start{TState}(Func{TState, CancellationToken, Task}, TState, string?, string?, int)"/>
    /// <typeparam name="TState">The state's type.</typeparam>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> Start<TState, T>(
        Func<TState, CancellationToken, Task<T>> child, TState state, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<TState, T>(child, state, Record(name, file, line));
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
        Func<CancellationToken, ValueTask> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(static (child, token) => child(token).AsTask(), child, Record(name, file, line));
    }

    /// <inheritdoc cref="StartValue(Func{CancellationToken, ValueTask}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> StartValue<T>(
        Func<CancellationToken, ValueTask<T>> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<Func<CancellationToken, ValueTask<T>>, T>(static (child, token) => child(token).AsTask(), child, Record(name, file, line));
    }

    /// <summary>
    /// Starts a child only if it can run at once.
    /// <list type="bullet">
    /// <item>False, without calling the child: all slots are taken, the group is stopping, or it has ended.</item>
    /// <item>True: as <see cref="Start(Func{CancellationToken, Task}, string?, string?, int)"/>.</item>
    /// </list>
    /// </summary>
    /// <param name="child">The work.</param>
    /// <param name="task">The child's own task, or null.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Whether the child was called.</returns>
    public bool TryStart(
        Func<CancellationToken, Task> child,
        [NotNullWhen(true)] out Task? task,
        string? name = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        task = null;
        var record = Record(name, file, line);
        lock (_completion)
        {
            if (_finished || _cause != StopCause.None || _extras?.HasRoom(_running) == false)
                return false;
            Enter(record);
        }
        task = AmbientContext.Invoke(static (child, token) => child(token), child, CancellationToken);
        Watch(task, record);
        return true;
    }

    /// <summary>
    /// Waits until a child could start at once, so that a producer does not run ahead of a limited group.
    /// <list type="bullet">
    /// <item>Complete at once without <see cref="TaskGroupOptions.MaxConcurrency"/>, or with a free slot.</item>
    /// <item>Reserves nothing: with several producers a start may still have to wait its turn.</item>
    /// <item><see cref="OperationCanceledException"/> when <paramref name="cancellationToken"/> is cancelled or the group is asked to stop;
    /// <see cref="InvalidOperationException"/> when the group has ended.</item>
    /// </list>
    /// </summary>
    /// <param name="cancellationToken">Cancels this wait only.</param>
    /// <returns>Await once.</returns>
    public ValueTask WaitForSlotAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return new ValueTask(Task.FromCanceled(cancellationToken));
        Waiter<VoidResult> waiter;
        WaiterList<VoidResult> waiters;
        lock (_completion)
        {
            if (_finished)
                return new ValueTask(Task.FromException(HasEnded()));
            if (_cause != StopCause.None)
                return new ValueTask(Tasks.Canceled<VoidResult>(IsShuttingDown()));
            if (_extras is null || _extras.HasRoom(_running))
                return default;
            waiters = _extras.SlotWaiters ??= new WaiterList<VoidResult>(_completion);
            waiter = waiters.Add();
        }
        waiters.Watch(waiter, cancellationToken);
        return new ValueTask(waiter.Task);
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
        return StartCore(static (child, token) => Task.Run(() => child(token), token), child, Record(name, file, line));
    }

    /// <inheritdoc cref="StartOnThreadPool(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> StartOnThreadPool<T>(
        Func<CancellationToken, Task<T>> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<Func<CancellationToken, Task<T>>, T>(
            static (child, token) => Task.Run(() => child(token), token), child, Record(name, file, line));
    }

    /// <inheritdoc cref="StartOnThreadPool(Func{CancellationToken, Task}, string?, string?, int)"/>
    public Task StartOnThreadPool(
        Action<CancellationToken> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore(static (child, token) => Task.Run(() => child(token), token), child, Record(name, file, line));
    }

    /// <inheritdoc cref="StartOnThreadPool(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public Task<T> StartOnThreadPool<T>(
        Func<CancellationToken, T> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        return StartCore<Func<CancellationToken, T>, T>(
            static (child, token) => Task.Run(() => child(token), token), child, Record(name, file, line));
    }

    /// <summary>
    /// Starts a child and waits until it says that it is ready (a server that listens, a consumer that has subscribed), as Trio's
    /// <c>nursery.start</c>.
    /// <list type="bullet">
    /// <item>The returned task has the value given to <see cref="ReadySignal{TReady}.Started"/>; the child goes on as any child.</item>
    /// <item>A failure before that comes out of the returned task and not of the group: await it.</item>
    /// <item>A child that ends without it: <see cref="InvalidOperationException"/> from the returned task.</item>
    /// <item>Cancelling <paramref name="cancellationToken"/> before that cancels the child, and the returned task ends when it has ended;
    /// afterwards it has no effect.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="TReady">What the child has to tell when it is ready: its address, its handle.</typeparam>
    /// <param name="child">The work; must call <see cref="ReadySignal{TReady}.Started"/> once.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task that ends when the child is ready, or has ended before it was.</returns>
    public Task<TReady> StartAndWaitReadyAsync<TReady>(
        Func<ReadySignal<TReady>, CancellationToken, Task> child,
        CancellationToken cancellationToken = default,
        string? name = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TReady>(cancellationToken);
        var record = NewRecord(name, file, line);
        var signal = new ReadySignal<TReady>(child, record, cancellationToken);
        record.Ready = signal;
        var task = StartCore(static (signal, token) => signal.Run(token), signal, record);
        // A child that was dropped while it waited for a slot never reaches the group's own check.
        if (!task.IsCompleted)
            Continuations.Attach(task, () => ((IReadyOutcome)signal).TryEnd(task));
        return signal.Task;
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
        var record = NewRecord(name, file, line);
        var handle = new ChildCancellation<Func<CancellationToken, Task>>(child, record);
        var task = StartCore(static (handle, token) => handle.Run(static (child, token) => child(token), token), handle, record);
        return new ChildTask(task, handle, name);
    }

    /// <inheritdoc cref="StartCancellable(Func{CancellationToken, Task}, string?, string?, int)"/>
    /// <typeparam name="T">The child's result.</typeparam>
    public ChildTask<T> StartCancellable<T>(
        Func<CancellationToken, Task<T>> child, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(child);
        var record = NewRecord(name, file, line);
        var handle = new ChildCancellation<Func<CancellationToken, Task<T>>>(child, record);
        var task = StartCore<ChildCancellation<Func<CancellationToken, Task<T>>>, T>(
            static (handle, token) => handle.Run(static (child, token) => child(token), token), handle, record);
        return new ChildTask<T>(task, handle, name);
    }

    /// <summary>
    /// Adopts a task that is already running: the group waits for it and takes its error as a child's.
    /// <list type="bullet">
    /// <item>It cannot be cancelled by the group, and takes no part in the limit's line.</item>
    /// <item>Also accepted while the group is stopping, since it is running anyway; after the end <see cref="InvalidOperationException"/>.</item>
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
        var record = Record(name, file, line);
        lock (_completion)
        {
            if (_finished)
                throw HasEnded();
            Enter(record);
        }
        Watch(task, record);
        return task;
    }

    private Task StartCore<TState>(Func<TState, CancellationToken, Task> child, TState state, ChildRecord? record)
    {
        if (!TryEnter(record))
        {
            var queued = new QueuedChild<TState, VoidResult>(this, child, state, record);
            if (TryQueue(queued, record))
                return queued.Proxy;
        }
        var task = AmbientContext.Invoke(child, state, CancellationToken);
        Watch(task, record);
        return task;
    }

    private Task<T> StartCore<TState, T>(Func<TState, CancellationToken, Task<T>> child, TState state, ChildRecord? record)
    {
        if (!TryEnter(record))
        {
            var queued = new QueuedChild<TState, T>(this, child, state, record);
            if (TryQueue(queued, record))
                return queued.Proxy;
        }
        var task = AmbientContext.Invoke(child, state, CancellationToken);
        Watch(task, record);
        return task;
    }

    /// <summary>Registered before it is called: whatever the child does inside its call, the group waits for it. False: no slot is free.</summary>
    private bool TryEnter(ChildRecord? record)
    {
        Interleaving.Point(nameof(Start));
        lock (_completion)
        {
            ThrowIfClosed();
            if (_extras?.HasRoom(_running) == false)
                return false;
            Enter(record);
            return true;
        }
    }

    /// <summary>False: a slot has become free meanwhile, and it is taken.</summary>
    private bool TryQueue(QueuedChild child, ChildRecord? record)
    {
        lock (_completion)
        {
            ThrowIfClosed();
            if (_extras!.HasRoom(_running))
            {
                Enter(record);
                return false;
            }
            _pending++;
            _extras.Enqueue(child);
            return true;
        }
    }

    private void Enter(ChildRecord? record)
    {
        _pending++;
        _running++;
        if (record is not null)
            _extras?.List(record);
    }

    private void ThrowIfClosed()
    {
        if (_finished)
            throw HasEnded();
        if (_cause != StopCause.None)
            throw IsShuttingDown();
    }

    private void Watch(Task child, ChildRecord? record)
    {
        if (child.IsCompleted)
        {
            ChildDone(child, record);
        }
        else if (record is null)
        {
            Continuations.Attach(child, static (child, group) => ((TaskGroup)group!).ChildDone(child, record: null), this);
        }
        else
        {
            Continuations.Attach(child, static (child, watcher) => ((ChildWatcher)watcher!).Done(child), new ChildWatcher(this, record));
        }
    }

    private ChildRecord? Record(string? name, string? file, int line)
        => _extras is { KeepsRecords: true } ? NewRecord(name, file, line) : null;

    private ChildRecord NewRecord(string? name, string? file, int line)
        => new(name, file, line, _extras is { KeepsRecords: true } extras ? extras.TimeProvider.GetTimestamp() : 0);

    private InvalidOperationException HasEnded() => new($"The {Title} has ended: nothing can be started in it any more.");

    private OperationCanceledException IsShuttingDown() => new($"The {Title} is stopping: nothing can be started in it any more.", CancellationToken);

    /// <summary>
    /// After a child has left. One free slot wakes everybody who waits: nothing is reserved, so waking only one of them, who then
    /// starts nothing, could leave the others waiting for ever.
    /// </summary>
    private void WakeSlotWaiters()
    {
        while (true)
        {
            Waiter<VoidResult>? waiter;
            lock (_completion)
            {
                if (_extras is not { SlotWaiters: { Count: > 0 } waiters } extras || !extras.HasRoom(_running))
                    return;
                waiter = waiters.Take();
            }
            waiter?.Complete(default);
        }
    }

    private void FinishSlotWaiters()
    {
        while (true)
        {
            Waiter<VoidResult>? waiter;
            lock (_completion)
                waiter = _extras?.SlotWaiters?.Take();
            if (waiter is null)
                return;
            waiter.Fail(HasEnded());
        }
    }
}
