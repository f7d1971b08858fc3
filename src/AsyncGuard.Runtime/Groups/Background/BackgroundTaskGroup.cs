using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A long-lived group for work that outlives the request that started it: instead of a task that no code keeps.
/// <list type="bullet">
/// <item>Children run on the thread pool and are independent: a failure stops no other child.</item>
/// <item>Every failure goes to the handler, once, with the child's name and place. A failure of the handler itself goes to
/// <see cref="TaskGroup.UnobservedChildException"/>.</item>
/// <item>Bounded: so many run at once, so many are held in all.</item>
/// <item>Keeps nothing of children that have ended.</item>
/// <item><see cref="DrainAsync"/> ends it in order and names who is stuck.</item>
/// </list>
/// Own one per host and drain it when the host stops. All members are safe to call from any thread.
/// </summary>
public sealed class BackgroundTaskGroup : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly TaskGroupScope _scope;
    private readonly Action<TaskGroupChildFailure> _onFailed;
    private readonly WaiterList<VoidResult> _roomWaiters;
    private readonly TimeProvider _time;
    private readonly TimeSpan _cancelGrace;
    private readonly int _capacity;
    private int _held;
    private bool _closed;
    private int _reported;

    /// <summary>Makes a group.</summary>
    /// <param name="onFailed">
    /// Called for each failure, on the thread that completed the child. A cancellation that the group did not ask for is a failure.
    /// </param>
    /// <param name="options">Name and bounds; null for none.</param>
    public BackgroundTaskGroup(Action<TaskGroupChildFailure> onFailed, BackgroundTaskGroupOptions? options = null)
    {
        Ensure.NotNull(onFailed);
        options ??= new BackgroundTaskGroupOptions();
        _onFailed = onFailed;
        _roomWaiters = new WaiterList<VoidResult>(_gate);
        _time = options.TimeProvider ?? TimeProvider.System;
        _cancelGrace = options.CancelGrace;
        _capacity = options.Capacity;
        _scope = TaskGroup.Open(
            new TaskGroupOptions
            {
                Name = options.Name,
                MaxConcurrency = options.MaxConcurrency,
                Policy = TaskGroupPolicy.Supervise,
                OnChildFailed = HandleFailure,
                OnChildLeft = _capacity > 0 ? Leave : null,
                TimeProvider = _time,
            });
        // The owner may keep it for the life of the process; a dropped one has nothing to report.
        GC.SuppressFinalize(_scope);
    }

    /// <summary><see cref="BackgroundTaskGroupOptions.Name"/>, or null.</summary>
    public string? Name => _scope.Group.Name;

    /// <summary>Cancelled when the group is asked to stop; passed to every child.</summary>
    public CancellationToken CancellationToken => _scope.CancellationToken;

    /// <summary>How many children are running, at this moment.</summary>
    public int RunningCount => _scope.Group.RunningCount;

    /// <summary>How many children wait for a slot, at this moment.</summary>
    public int WaitingCount => _scope.Group.WaitingCount;

    /// <summary>The children that are running, in order of their start: a snapshot.</summary>
    public IReadOnlyList<BackgroundChild> Running
    {
        get
        {
            var running = new List<BackgroundChild>();
            foreach (var record in _scope.Group.Records())
                running.Add(new BackgroundChild(record.Name, record.File, record.Line,
                    record.StartedAt == 0 ? TimeSpan.Zero : _time.GetElapsedTime(record.StartedAt)));
            return running;
        }
    }

    /// <summary>
    /// Starts a child.
    /// <list type="bullet">
    /// <item>Returns at once and need not be awaited. With all slots taken the child waits its turn.</item>
    /// <item>The caller's execution context flows into it, its synchronization context does not.</item>
    /// <item>The group is full: <see cref="InvalidOperationException"/>; use <see cref="TryStart"/> or <see cref="StartAsync"/> where that
    /// can happen.</item>
    /// <item>The group is draining or has been canceled: <see cref="InvalidOperationException"/>. The work is then not called.</item>
    /// </list>
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public void Start(
        Func<CancellationToken, Task> work, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        if (TryStart(work, name, file, line)) return;
        throw new InvalidOperationException(IsClosed ? Closed : $"The {Title} is full: its capacity is {_capacity}.");
    }

    /// <summary>As <see cref="Start"/>, but says no instead of throwing when the group is full, draining or cancelled.</summary>
    /// <param name="work">The work.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>Whether the group took the work.</returns>
    public bool TryStart(
        Func<CancellationToken, Task> work, string? name = null, [CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(work);
        if (_capacity == 0) return !Volatile.Read(ref _closed) && Begin(work, name, file, line);
        lock (_gate)
        {
            if (_closed || IsFull) return false;
            _held++;
        }

        return Begin(work, name, file, line);
    }

    /// <summary>As <see cref="Start"/>, but waits for room when the group is full, first come, first served.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cancels the wait for room, not the work.</param>
    /// <param name="name">A name for reports.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task that ends when the group has taken the work, not when the work has ended.</returns>
    /// <exception cref="InvalidOperationException">The group is draining or has been cancelled.</exception>
    public async Task StartAsync(
        Func<CancellationToken, Task> work,
        CancellationToken cancellationToken = default,
        string? name = null,
        [CallerFilePath] string? file = null,
        [CallerLineNumber] int line = 0)
    {
        Ensure.NotNull(work);
        cancellationToken.ThrowIfCancellationRequested();
        Waiter<VoidResult>? waiter = null;
        lock (_gate)
        {
            if (_closed) throw new InvalidOperationException(Closed);
            if (IsFull) waiter = _roomWaiters.Add();
            else if (_capacity > 0) _held++;
        }

        if (waiter is not null)
        {
            _roomWaiters.Watch(waiter, cancellationToken);
            // The thread that completes it has counted this child in.
            await ((Task)waiter.Task).Inline();
        }

        if (!Begin(work, name, file, line)) throw new InvalidOperationException(Closed);
    }

    /// <summary>Cancels all children and takes no more. Returns at once; <see cref="DrainAsync"/> waits.</summary>
    public void Cancel()
    {
        Close();
        _scope.Cancel();
    }

    /// <summary>
    /// Ends the group in order.
    /// <list type="bullet">
    /// <item>Takes no more work from this moment on; calls that wait for room get <see cref="InvalidOperationException"/>.</item>
    /// <item>Waits for the children, running and waiting, until <paramref name="timeout"/> is over or <paramref name="cancellationToken"/>
    /// is cancelled.</item>
    /// <item>Then drops those that wait, cancels those that run, and waits another
    /// <see cref="BackgroundTaskGroupOptions.CancelGrace"/>.</item>
    /// <item>Throws neither failures (they went to the handler) nor cancellation: the report says who is stuck.</item>
    /// <item>May be called again: it then continues to wait.</item>
    /// </list>
    /// </summary>
    /// <param name="timeout">How long children may take to end by themselves; zero cancels at once.</param>
    /// <param name="cancellationToken">Shortens the wait: a host's shutdown token.</param>
    /// <returns>A report that names the children that have not ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or longer than 49
    /// days.</exception>
    public Task<DrainReport> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        Ensure.Delay(timeout);
        return DrainCoreAsync(timeout, cancellationToken);
    }

    /// <summary>Cancels all children and waits until all of them have ended, however long that takes. Throws nothing.</summary>
    /// <returns>A task that ends after all children.</returns>
    public ValueTask DisposeAsync()
    {
        Cancel();
        return new ValueTask(WaitAsync(_scope.JoinAsync(), Timeout.InfiniteTimeSpan, CancellationToken.None));
    }

    private string Closed => $"The {Title} is draining or has been canceled: it takes no more work.";

    private string Title => Name is { } name ? $"background group '{name}'" : "background group";

    /// <summary>Then also no caller waits for room. Under the lock.</summary>
    private bool IsFull => _capacity > 0 && _held >= _capacity;

    private bool IsClosed
    {
        get
        {
            lock (_gate) return _closed;
        }
    }

    private async Task<DrainReport> DrainCoreAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Close();
        var join = _scope.JoinAsync();
        await WaitAsync(join, timeout, cancellationToken).Inline();
        if (join.IsCompleted) return new DrainReport(canceled: false, dropped: 0, []);
        var dropped = WaitingCount;
        _scope.Cancel();
        await WaitAsync(join, _cancelGrace, CancellationToken.None).Inline();
        return new DrainReport(canceled: true, dropped, Running);
    }

    private async Task WaitAsync(Task join, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await TaskWait.WaitAsync([join], timeout, WaitUntil.AllCompleted, cancellationToken, _time).Inline();
        }
        catch (OperationCanceledException)
        {
            // The wait is shortened; the report has the rest.
        }

        // Only a failing callback of the token can fail the group itself.
        if (join.IsFaulted && Interlocked.Exchange(ref _reported, 1) == 0)
        {
            foreach (var error in join.Exception!.InnerExceptions) TaskGroup.ReportUnobserved(Name, error);
        }
    }

    private bool Begin(Func<CancellationToken, Task> work, string? name, string? file, int line)
    {
        // Nothing here may come back to the caller's context, which can be gone by then.
        var context = SynchronizationContext.Current;
        if (context is not null) SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _ = _scope.Group.StartOnThreadPool(work, name, file, line);
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            // Closed meanwhile.
            if (_capacity > 0) Leave();
            return false;
        }
        finally
        {
            if (context is not null) SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Leave()
    {
        Waiter<VoidResult>? waiter;
        lock (_gate)
        {
            // The place goes to its first waiter.
            waiter = _roomWaiters.Take();
            if (waiter is null) _held--;
        }

        waiter?.Complete(default);
    }

    private void Close()
    {
        Waiter<VoidResult>? waiters;
        lock (_gate)
        {
            _closed = true;
            waiters = _roomWaiters.TakeAll();
        }

        Waiter<VoidResult>.FailAll(waiters, () => new InvalidOperationException(Closed));
    }

    private void HandleFailure(TaskGroupChildFailure failure)
    {
        failure.Handled = true;
        try
        {
            _onFailed(failure);
        }
        catch (Exception handlerError)
        {
            TaskGroup.ReportUnobserved(Name, failure.Exception);
            TaskGroup.ReportUnobserved(Name, handlerError);
        }
    }
}
