using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    private Task StartCore<TState>(Func<TState, CancellationToken, Task> child, TState state, ChildSite? site)
    {
        if (!TryEnter(site, out var record))
        {
            var queued = QueuedChild<TState, VoidResult>.For(this, child, state, site);
            // Before it can have run: it then serves another child.
            var task = queued.Task;
            if (TryQueue(queued)) return task;
            record = queued.Record;
            queued.Keep();
        }

        return Call(child, state, record);
    }

    private Task<T> StartCore<TState, T>(Func<TState, CancellationToken, Task<T>> child, TState state, ChildSite? site)
    {
        if (!TryEnter(site, out var record))
        {
            var queued = QueuedChild<TState, T>.For(this, child, state, site);
            // Before it can have run: it then serves another child.
            var task = queued.Task;
            if (TryQueue(queued)) return task;
            record = queued.Record;
            queued.Keep();
        }

        return Call<TState, T>(child, state, record);
    }

    /// <summary>The child has entered already.</summary>
    private Task Call<TState>(Func<TState, CancellationToken, Task> child, TState state, ChildRecord? record)
    {
        if (record is not null || !AmbientState.TryCapture(out var ambient)) return CallInStateMachine(child, state, record);
        Task? task;
        try
        {
            task = child(state, CancellationToken);
        }
        catch (Exception exception)
        {
            task = Tasks.Failed<VoidResult>(exception);
        }

        return HasBegun(task, ambient) ? task! : Begun(task, record: null);
    }

    /// <summary>Apart, because its locals would be cleared on every path of the caller.</summary>
    private Task CallInStateMachine<TState>(Func<TState, CancellationToken, Task> child, TState state, ChildRecord? record)
    {
        Stamp(record);
        var start = new ChildStart<TState>(this, child, state, record);
        AmbientContext.Run(ref start);
        if (start.IsWatched) return start.Task!;
        return Begun(start.Error is null ? start.Task : Tasks.Failed<VoidResult>(start.Error), record);
    }

    /// <summary>A child that is not watched: it has ended, or is watched by a proxy.</summary>
    private Task Begun(Task? task, ChildRecord? record)
    {
        if (task is { IsCompleted: false }) return ChildProxy<VoidResult>.Start(this, task, record);
        task ??= Tasks.NullTask();
        ChildDone(task, record);
        return task;
    }

    /// <inheritdoc cref="Call{TState}"/>
    private Task<T> Call<TState, T>(Func<TState, CancellationToken, Task<T>> child, TState state, ChildRecord? record)
    {
        if (record is not null || !AmbientState.TryCapture(out var ambient)) return CallInStateMachine<TState, T>(child, state, record);
        Task<T>? task;
        try
        {
            task = child(state, CancellationToken);
        }
        catch (Exception exception)
        {
            task = Tasks.Failed<T>(exception);
        }

        return HasBegun(task, ambient) ? task! : Begun(task, record: null);
    }

    /// <inheritdoc cref="CallInStateMachine{TState}"/>
    private Task<T> CallInStateMachine<TState, T>(Func<TState, CancellationToken, Task<T>> child, TState state, ChildRecord? record)
    {
        Stamp(record);
        var start = new ChildStart<TState>(this, child, state, record);
        AmbientContext.Run(ref start);
        if (start.IsWatched) return (Task<T>)start.Task!;
        return Begun(start.Error is null ? (Task<T>?)start.Task : Tasks.Failed<T>(start.Error), record);
    }

    /// <inheritdoc cref="Begun"/>
    private Task<T> Begun<T>(Task<T>? task, ChildRecord? record)
    {
        if (task is { IsCompleted: false }) return ChildProxy<T>.Start(this, task, record);
        task ??= Tasks.NullTask<T>();
        ChildDone(task, record);
        return task;
    }

    /// <summary>Puts the caller's ambient state back. True: the group hears of the child's end by itself.</summary>
    private bool HasBegun(Task? child, AmbientState ambient)
    {
        var isWatched = child is { IsCompleted: false } && TryWatch(child, record: null);
        ambient.PutBack();
        return isWatched;
    }

    /// <summary>Outside the lock: the clock may be the user's.</summary>
    private void Stamp(ChildRecord? record)
    {
        if (record is null || _extras is not { KeepsRecords: true } extras) return;
        try
        {
            record.StartedAt = extras.TimeProvider.GetTimestamp();
        }
        catch (Exception exception)
        {
            // The clock's. The child is counted in already, and begins all the same.
            AddError(exception);
        }
    }

    /// <summary>
    /// Registered before it is called: whatever the child does inside its call, the group waits for it. False: it has to get into the line.
    /// </summary>
    private bool TryEnter(ChildSite? site, out ChildRecord? record)
    {
        Interleaving.Point(nameof(Start));
        record = null;
        if (_extras is not { KeepsBooks: true } extras)
        {
            record = site?.Record();
            return _counts.TryEnter() ? true : throw IsClosed();
        }

        // Where the line is joined, it is looked at again, under the lock.
        if (extras.MaxConcurrency > 0 && RunningCount >= extras.MaxConcurrency) return false;
        lock (_completion)
        {
            if (!extras.HasRoom(RunningCount) || !extras.MayBeginHere) return false;
            record = site?.Record();
            return EnterBooks(extras, record) ? true : throw IsClosed();
        }
    }

    /// <summary>
    /// For a child that does not wait: true and <paramref name="isFull"/> when no slot is free, false when the group is stopping or has
    /// ended.
    /// </summary>
    private bool TryEnterIfRoom(ChildRecord? record, out bool isFull)
    {
        isFull = false;
        if (_extras is not { KeepsBooks: true } extras) return _counts.TryEnter();
        lock (_completion)
        {
            isFull = !extras.HasRoom(RunningCount);
            return isFull || EnterBooks(extras, record);
        }
    }

    private bool EnterBooks(GroupExtras extras, ChildRecord? record)
    {
        Debug.Assert(Monitor.IsEntered(_completion));
        if (!_counts.TryEnter()) return false;
        if (record is not null) extras.List(record);
        return true;
    }

    /// <summary>False: a slot has become free meanwhile, and it is taken.</summary>
    private bool TryQueue(IQueuedChild child)
    {
        var isSuspect = false;
        lock (_completion)
        {
            var extras = _extras!;
            if (!extras.HasRoom(RunningCount))
            {
                if (!_counts.TryQueue()) throw IsClosed();
                extras.Enqueue(child);
                isSuspect = extras.MayWaitForItself();
            }
            else
            {
                if (!EnterBooks(extras, child.Record)) throw IsClosed();
                if (extras.MayBeginHere) return false;
                extras.Launch(child);
            }
        }

        if (isSuspect) WatchForDeadlock(_extras!);
        return true;
    }

    /// <summary>
    /// Calls the children that have got a slot, one after the other, each where its starter stood: so they begin in order, and one that
    /// does not suspend makes room for the next without a stack.
    /// </summary>
    private void LaunchQueued(CapturedContext? place)
    {
        while (true)
        {
            IQueuedChild? next;
            IQueuedChild? elsewhere;
            lock (_completion) next = _extras!.TakeLaunch(place, out elsewhere);
            if (next is null)
            {
                if (elsewhere is not null) QueueLauncher(elsewhere.Place);
                return;
            }

            Stamp(next.Record);
            next.Begin();
        }
    }

    private void QueueLauncher(CapturedContext? place)
    {
        if (place is not null) place.Queue(() => LaunchQueued(place));
        else ThreadPool.UnsafeQueueUserWorkItem(static group => ((TaskGroup)group!).LaunchQueued(place: null), this);
    }

    private Exception IsClosed() => _counts.HasEnded ? HasEnded() : IsShuttingDown();

    private ChildSite? Site(string? name, string? file, int line)
        => _extras is { KeepsRecords: true } extras ? extras.SiteOf(name, file, line) : null;

    private InvalidOperationException HasEnded() => new($"The {Title} has ended: nothing can be started in it any more.");

    /// <summary>Names the error that stopped the group: in the block form it may be all that the caller sees.</summary>
    private OperationCanceledException IsShuttingDown()
    {
        var errors = Errors;
        return new($"The {Title} is stopping: nothing can be started in it any more.", errors.Count == 0 ? null : errors[0],
            CancellationToken);
    }

    /// <summary>
    /// After a child has left. One free slot wakes all waiters: nothing is reserved, so waking only one of them, which then
    /// starts nothing, could leave the others waiting forever.
    /// </summary>
    private void WakeSlotWaiters()
    {
        Waiter<VoidResult>? waiters = null;
        lock (_completion)
        {
            // A group that stops cancels them instead; its children may end before that.
            if (_extras is { SlotWaiters.Count: > 0 } extras && extras.HasRoom(RunningCount) && !_counts.IsStopping)
                waiters = extras.SlotWaiters.TakeAll();
        }

        Waiter<VoidResult>.CompleteAll(waiters, default);
    }

    private Waiter<VoidResult>? TakeSlotWaiters()
    {
        if (_extras is null) return null;
        lock (_completion) return _extras.SlotWaiters?.TakeAll();
    }
}
