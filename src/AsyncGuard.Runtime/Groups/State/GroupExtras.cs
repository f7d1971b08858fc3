using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace AsyncGuard;

/// <summary>
/// What only some groups need: options, the line for slots, timers, records. Mutable members are guarded by the group's lock.
/// </summary>
internal sealed class GroupExtras
{
    private readonly object _lock;
    private ChildLine _queued;
    private ChildLine _launches;
    private int _listed;
    private int _blocked;
    private int _launcherThread;
    private ChildSite? _lastSite;

    public GroupExtras(TaskGroupOptions? options, object gate)
    {
        _lock = gate;
        KeepsRecords = DebugMode.IsOn;
        if (options is null) return;
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
        OnChildLeft = options.OnChildLeft;
        KeepsRecords |= Name is not null || OnChildFailed is not null
            || StuckChildWarningAfter != System.Threading.Timeout.InfiniteTimeSpan;
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

    /// <summary>After each child that was accepted has ended or was dropped.</summary>
    public Action? OnChildLeft { get; }

    public bool KeepsRecords { get; }

    /// <summary>Starts and ends of children go through the lock. Settled before the group has its first child.</summary>
    public bool KeepsBooks => KeepsRecords || MaxConcurrency > 0;

    public ITimer? TimeoutTimer { get; set; }

    public ITimer? CancelTimer { get; set; }

    public ITimer? StuckTimer { get; set; }

    public ITimer? DeadlockTimer { get; set; }

    /// <summary>How many children have left, so that a report can tell whether anything has moved.</summary>
    public int Departures { get; private set; }

    public int QueuedCount => _queued.Count;

    public WaiterList<VoidResult>? SlotWaiters { get; private set; }

    public ChildRecord? FirstRecord { get; private set; }

    /// <summary>How many children were running when the group was asked to stop.</summary>
    public int RunningAtStop { get; set; }

    /// <summary>A thread is calling children that have reached the head of the line, one after the other.</summary>
    public bool IsLaunching { get; private set; }

    public bool HasRoom(int running) => MaxConcurrency == 0 || (running < MaxConcurrency && QueuedCount == 0);

    /// <summary>A child that is called here and now does not overtake one that has a slot and has not begun.</summary>
    public bool MayBeginHere => !IsLaunching || (_launches.Count == 0 && _launcherThread == Environment.CurrentManagedThreadId);

    public void Enqueue(IQueuedChild child)
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        _queued.Add(child);
        if (child.OwnRecord is { } record) record.Queued = child;
        NowWaits(child.Starter);
    }

    public IQueuedChild? Dequeue()
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        if (_queued.First is not { } child) return null;
        Leave(child);
        return child;
    }

    /// <summary>Out of turn, from any place of the line. Null: it is not there, or not any more.</summary>
    public IQueuedChild? Dequeue(ChildRecord record)
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        if (record.Queued is not { } child) return null;
        Leave(child);
        return child;
    }

    private void Leave(IQueuedChild child)
    {
        _queued.Remove(child);
        if (child.OwnRecord is { } record) record.Queued = null;
        WaitsNoMore(child.Starter);
    }

    /// <summary>
    /// The whole line, linked by <see cref="IQueuedChild.Next"/>. For a group that stops: the order of waiting no longer matters.
    /// </summary>
    public IQueuedChild? TakeQueue()
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        return _queued.TakeAll();
    }

    /// <summary>
    /// The child has a slot, and is to be called after those before it. True: no thread does so yet, so the caller has to.
    /// </summary>
    public bool Launch(IQueuedChild child)
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        _launches.Add(child);
        var starts = !IsLaunching;
        IsLaunching = true;
        return starts;
    }

    /// <summary>
    /// The child that is next to begin, for the code that runs at this place to call; one of another place stays, and is
    /// <paramref name="elsewhere"/>. Neither: there is none left.
    /// </summary>
    public IQueuedChild? TakeLaunch(CapturedContext? place, out IQueuedChild? elsewhere)
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        elsewhere = null;
        _launcherThread = 0;
        if (_launches.First is not { } child)
        {
            IsLaunching = false;
            return null;
        }

        if (child.Place != place)
        {
            elsewhere = child;
            return null;
        }

        _launcherThread = Environment.CurrentManagedThreadId;
        return _launches.Take();
    }

    public Waiter<VoidResult> WaitForSlot(ChildRecord? waiting)
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        SlotWaiters ??= new SlotLine(this);
        NowWaits(waiting);
        return SlotWaiters.Add(waiting);
    }

    /// <summary>Every running child has itself put a child into the line, or waits for a slot: none may ever become free.</summary>
    public bool MayWaitForItself() => MaxConcurrency > 0 && _listed > 0 && _blocked == _listed;

    /// <summary>Of a child that is not one of this group's running ones nothing is counted: it keeps no slot.</summary>
    private void NowWaits(ChildRecord? child)
    {
        if (child?.Owner == this && child.Waits++ == 0) _blocked++;
    }

    private void WaitsNoMore(ChildRecord? child)
    {
        if (child?.Owner == this && --child.Waits == 0) _blocked--;
    }

    /// <summary>Mostly the last one again: a loop starts many children in one place.</summary>
    public ChildSite SiteOf(string? name, string? file, int line)
    {
        var last = _lastSite;
        if (last is not null && last.Line == line && ReferenceEquals(last.File, file) && ReferenceEquals(last.Name, name)) return last;
        return _lastSite = new ChildSite(name, file, line);
    }

    public void List(ChildRecord record)
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        record.Owner = this;
        record.Waits = 0;
        _listed++;
        record.Next = FirstRecord;
        if (FirstRecord is not null) FirstRecord.Previous = record;
        FirstRecord = record;
    }

    public void Unlist(ChildRecord record)
    {
        Debug.Assert(Monitor.IsEntered(_lock));
        Departures++;
        _listed--;
        if (record.Waits > 0) _blocked--;
        record.Owner = null;
        if (record.Previous is null) FirstRecord = record.Next;
        else record.Previous.Next = record.Next;
        if (record.Next is not null) record.Next.Previous = record.Previous;
        record.Previous = record.Next = null;
    }

    /// <summary>The running children, in order of their start.</summary>
    public List<ChildRecord> Records()
    {
        var records = new List<ChildRecord>();
        for (var record = FirstRecord; record is not null; record = record.Next) records.Add(record);
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

    private sealed class SlotLine(GroupExtras extras) : WaiterList<VoidResult>(extras._lock)
    {
        protected override void Left(Waiter<VoidResult> waiter) => extras.WaitsNoMore((ChildRecord?)waiter.Tag);
    }
}
