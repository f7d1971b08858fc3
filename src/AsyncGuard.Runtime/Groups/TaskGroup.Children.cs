using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    private Task StartCore<TState>(Func<TState, CancellationToken, Task> child, TState state, ChildRecord? record)
    {
        if (!TryEnter(record))
        {
            var queued = new QueuedChild<TState, VoidResult>(this, child, state, record);
            if (TryQueue(queued, record))
                return queued.Proxy;
        }
        return Call(child, state, record);
    }

    private Task<T> StartCore<TState, T>(Func<TState, CancellationToken, Task<T>> child, TState state, ChildRecord? record)
    {
        if (!TryEnter(record))
        {
            var queued = new QueuedChild<TState, T>(this, child, state, record);
            if (TryQueue(queued, record))
                return queued.Proxy;
        }
        return Call<TState, T>(child, state, record);
    }

    /// <summary>The child has entered already.</summary>
    private Task Call<TState>(Func<TState, CancellationToken, Task> child, TState state, ChildRecord? record)
    {
        var start = new ChildStart<TState>(this, child, state, record);
        AmbientContext.Run(ref start);
        if (start.IsWatched)
            return start.Task!;
        var task = start.Error is null ? start.Task ?? Tasks.NullTask() : Tasks.Failed<VoidResult>(start.Error);
        ChildDone(task, record);
        return task;
    }

    /// <inheritdoc cref="Call{TState}"/>
    private Task<T> Call<TState, T>(Func<TState, CancellationToken, Task<T>> child, TState state, ChildRecord? record)
    {
        var start = new ChildStart<TState>(this, child, state, record);
        AmbientContext.Run(ref start);
        if (start.IsWatched)
            return (Task<T>)start.Task!;
        var task = start.Error is null ? (Task<T>?)start.Task ?? Tasks.NullTask<T>() : Tasks.Failed<T>(start.Error);
        ChildDone(task, record);
        return task;
    }

    /// <summary>Registered before it is called: whatever the child does inside its call, the group waits for it. False: no slot is free.</summary>
    private bool TryEnter(ChildRecord? record)
    {
        Interleaving.Point(nameof(Start));
        if (!TryEnterIfRoom(record, out var isFull))
            throw IsClosed();
        return !isFull;
    }

    /// <summary>True and <paramref name="isFull"/>: no slot is free. False: stopping, or ended.</summary>
    private bool TryEnterIfRoom(ChildRecord? record, out bool isFull)
    {
        isFull = false;
        return _extras is { KeepsBooks: true } extras ? TryEnterBooks(extras, record, out isFull) : _counts.TryEnter();
    }

    private bool TryEnterBooks(GroupExtras extras, ChildRecord? record, out bool isFull)
    {
        lock (_completion)
        {
            isFull = !extras.HasRoom(RunningCount);
            if (isFull)
                return true;
            if (!_counts.TryEnter())
                return false;
            if (record is not null)
                extras.List(record);
            return true;
        }
    }

    /// <summary>False: a slot has become free meanwhile, and it is taken.</summary>
    private bool TryQueue(QueuedChild child, ChildRecord? record)
    {
        bool isFull;
        bool isSuspect;
        lock (_completion)
        {
            if (!TryEnterBooks(_extras!, record, out isFull) || (isFull && !_counts.TryQueue()))
                throw IsClosed();
            if (isFull)
                _extras!.Enqueue(child);
            isSuspect = isFull && _extras!.MayWaitForItself();
        }
        if (isSuspect)
            WatchForDeadlock(_extras!);
        return isFull;
    }

    private Exception IsClosed() => _counts.HasEnded ? HasEnded() : IsShuttingDown();

    private ChildRecord? Record(string? name, string? file, int line)
        => _extras is { KeepsRecords: true } ? NewRecord(name, file, line) : null;

    private ChildRecord NewRecord(string? name, string? file, int line)
        => new(name, file, line, _extras is { KeepsRecords: true } extras ? extras.TimeProvider.GetTimestamp() : 0);

    private InvalidOperationException HasEnded() => new($"The {Title} has ended: nothing can be started in it any more.");

    /// <summary>Names the error that stopped the group: in the block form it may be all that the caller gets to see.</summary>
    private OperationCanceledException IsShuttingDown()
    {
        var errors = Errors;
        return new($"The {Title} is stopping: nothing can be started in it any more.", errors.Count == 0 ? null : errors[0], CancellationToken);
    }

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
                // A group that stops cancels them instead; its children may end before it comes to that.
                if (_extras is not { SlotWaiters: { Count: > 0 } waiters } extras || !extras.HasRoom(RunningCount) || _counts.IsStopping)
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
