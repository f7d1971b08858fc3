using System;
using System.Threading;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    private const int DeadlockWarningAfter = 10;

    /// <summary>
    /// All slots are held by children that have children of their own in the line, or wait for a slot. That is a deadlock if they wait
    /// for those, which cannot be seen: reported when nothing has moved for a while.
    /// </summary>
    private void WatchForDeadlock(GroupExtras extras)
    {
        lock (_completion)
        {
            if (extras.DeadlockTimer is not null) return;
        }

        try
        {
            SetDeadlockTimer(extras);
        }
        catch (Exception exception)
        {
            // The clock's. The child is in the line already.
            AddError(exception);
        }
    }

    private void SetDeadlockTimer(GroupExtras extras)
    {
        // Outside the lock: the clock may be the user's.
        var departures = extras.Departures;
        var timer = extras.TimeProvider.CreateTimer(
            _ => ReportDeadlock(extras, departures), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_completion)
        {
            if (extras.DeadlockTimer is null && !_counts.HasEnded) extras.DeadlockTimer = timer;
        }

        if (ReferenceEquals(extras.DeadlockTimer, timer))
            timer.Change(TimeSpan.FromSeconds(DeadlockWarningAfter), Timeout.InfiniteTimeSpan);
        else timer.Dispose();
    }

    private void ReportDeadlock(GroupExtras extras, int departures)
    {
        string? report = null;
        ITimer? timer;
        lock (_completion)
        {
            // The next suspicion sets a timer of its own.
            timer = extras.DeadlockTimer;
            extras.DeadlockTimer = null;
            if (extras.Departures == departures && !_counts.IsStopping && extras.MayWaitForItself())
            {
                report = $"{Title} may wait for itself: for {DeadlockWarningAfter} s all {RunningCount} slots have been held by children that started others or wait for a slot, "
                    + $"and {extras.QueuedCount} children wait behind them: {string.Join(", ", extras.Records())}";
            }
        }

        timer?.Dispose();
        if (report is not null) Report(extras, report);
    }

    private void Report(GroupExtras extras, string report)
    {
        RuntimeEventSource.Log.StuckChildren(report);
        try
        {
            extras.OnStuckChildren?.Invoke(report);
        }
        catch (Exception exception)
        {
            AddError(exception);
        }
    }
}
