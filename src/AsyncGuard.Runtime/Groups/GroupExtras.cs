using System;
using System.Collections.Generic;
using System.Threading;

namespace AsyncGuard;

/// <summary>What only some groups need: options, the line for slots, timers, records. Mutable members are guarded by the group's lock.</summary>
internal sealed class GroupExtras
{
    private QueuedChild? _firstQueued;
    private QueuedChild? _lastQueued;

    public GroupExtras(TaskGroupOptions? options)
    {
        KeepsRecords = DebugMode.IsOn;
        if (options is null)
            return;
        Name = options.Name;
        MaxConcurrency = options.MaxConcurrency;
        Timeout = options.Timeout;
        TimeProvider = options.TimeProvider ?? TimeProvider.System;
        Policy = options.Policy;
        ErrorMode = options.ErrorMode;
        ForeignCancellation = options.ForeignCancellation;
        OnChildFailed = options.OnChildFailed;
        StuckChildWarningAfter = options.StuckChildWarningAfter;
        OnStuckChildren = options.OnStuckChildren;
        KeepsRecords |= Name is not null || OnChildFailed is not null || StuckChildWarningAfter != System.Threading.Timeout.InfiniteTimeSpan;
    }

    public string? Name { get; }

    public int MaxConcurrency { get; }

    public TimeSpan Timeout { get; } = System.Threading.Timeout.InfiniteTimeSpan;

    public TimeProvider TimeProvider { get; } = TimeProvider.System;

    public TaskGroupPolicy Policy { get; }

    public TaskGroupErrorMode ErrorMode { get; }

    public ForeignCancellation ForeignCancellation { get; }

    public Action<TaskGroupChildFailure>? OnChildFailed { get; }

    public TimeSpan StuckChildWarningAfter { get; } = System.Threading.Timeout.InfiniteTimeSpan;

    public Action<string>? OnStuckChildren { get; }

    public bool KeepsRecords { get; }

    /// <summary>Starts and ends of children go through the lock. Settled before the group has its first child.</summary>
    public bool KeepsBooks => KeepsRecords || MaxConcurrency > 0;

    public ITimer? TimeoutTimer { get; set; }

    public ITimer? CancelTimer { get; set; }

    public ITimer? StuckTimer { get; set; }

    public ITimer? DeadlockTimer { get; set; }

    /// <summary>How many children have left, so that a report can tell whether anything has moved.</summary>
    public int Departures { get; private set; }

    public int QueuedCount { get; private set; }

    public WaiterList<VoidResult>? SlotWaiters { get; set; }

    public ChildRecord? FirstRecord { get; private set; }

    /// <summary>How many children were running when the group was asked to stop.</summary>
    public int RunningAtStop { get; set; }

    public bool HasRoom(int running) => MaxConcurrency == 0 || (running < MaxConcurrency && QueuedCount == 0);

    public void Enqueue(QueuedChild child)
    {
        if (_lastQueued is null)
            _firstQueued = child;
        else
            _lastQueued.Next = child;
        _lastQueued = child;
        QueuedCount++;
    }

    public QueuedChild? Dequeue()
    {
        var child = _firstQueued;
        if (child is null)
            return null;
        _firstQueued = child.Next;
        if (_firstQueued is null)
            _lastQueued = null;
        child.Next = null;
        QueuedCount--;
        return child;
    }

    /// <summary>The whole line, linked by <see cref="QueuedChild.Next"/>.</summary>
    public QueuedChild? TakeQueue()
    {
        var first = _firstQueued;
        _firstQueued = _lastQueued = null;
        QueuedCount = 0;
        return first;
    }

    /// <summary>Every running child has itself put a child into the line, or waits for a slot: none may ever become free.</summary>
    public bool MayWaitForItself()
    {
        if (FirstRecord is null || MaxConcurrency == 0)
            return false;
        for (var record = FirstRecord; record is not null; record = record.Next)
        {
            if (SlotWaiters?.Contains(record) != true && !HasQueued(record))
                return false;
        }
        return true;
    }

    private bool HasQueued(ChildRecord starter)
    {
        for (var queued = _firstQueued; queued is not null; queued = queued.Next)
        {
            if (ReferenceEquals(queued.Starter, starter))
                return true;
        }
        return false;
    }

    public void List(ChildRecord record)
    {
        record.Next = FirstRecord;
        if (FirstRecord is not null)
            FirstRecord.Previous = record;
        FirstRecord = record;
    }

    public void Unlist(ChildRecord record)
    {
        Departures++;
        if (record.Previous is null)
            FirstRecord = record.Next;
        else
            record.Previous.Next = record.Next;
        if (record.Next is not null)
            record.Next.Previous = record.Previous;
        record.Previous = record.Next = null;
    }

    /// <summary>The running children, in order of their start.</summary>
    public List<ChildRecord> Records()
    {
        var records = new List<ChildRecord>();
        for (var record = FirstRecord; record is not null; record = record.Next)
            records.Add(record);
        records.Reverse();
        return records;
    }

    public void DisposeTimers()
    {
        TimeoutTimer?.Dispose();
        CancelTimer?.Dispose();
        StuckTimer?.Dispose();
        DeadlockTimer?.Dispose();
    }
}
