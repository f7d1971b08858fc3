using System;
using System.Threading;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>From here on the outer token and the time-out can stop the group.</summary>
    private void Arm()
    {
        if (_extras is { } extras && extras.Timeout != Timeout.InfiniteTimeSpan)
        {
            extras.TimeoutTimer = extras.TimeProvider.CreateTimer(
                static state => ((TaskGroup)state!).Stop(StopCause.Timeout), this, extras.Timeout, Timeout.InfiniteTimeSpan);
        }
        if (!_outer.CanBeCanceled)
            return;
#if NETSTANDARD2_0
        _outerRegistration = _outer.Register(static state => ((TaskGroup)state!).Stop(StopCause.Outer), this);
#else
        _outerRegistration = _outer.UnsafeRegister(static state => ((TaskGroup)state!).Stop(StopCause.Outer), this);
#endif
    }

    /// <summary>The first cause wins. The group cannot end inside this call: it holds on to it until Cancel has returned.</summary>
    internal void Stop(StopCause cause)
    {
        QueuedChild? dropped = null;
        lock (_completion)
        {
            if (!_counts.TryStop())
                return;
            _cause = cause;
            if (_extras is not null)
            {
                dropped = _extras.TakeQueue();
                _extras.RunningAtStop = RunningCount;
            }
        }
        Interleaving.Point(nameof(Stop));
        WatchForStuckChildren();
        try
        {
            _source.Cancel();
        }
        catch (AggregateException exception)
        {
            // Thrown by callbacks on the token, after all of them ran.
            foreach (var error in exception.InnerExceptions)
                AddError(error);
        }
        DropQueued(dropped);
        DropSlotWaiters();
        Release();
    }

    private void DropQueued(QueuedChild? dropped)
    {
        while (dropped is not null)
        {
            var next = dropped.Next;
            dropped.Drop(CancellationToken);
            _acknowledged = true;
            _counts.Release(); // Never the last one: Stop holds the group.
            dropped = next;
        }
    }

    private void DropSlotWaiters()
    {
        while (true)
        {
            Waiter<VoidResult>? waiter;
            lock (_completion)
                waiter = _extras?.SlotWaiters?.Take();
            if (waiter is null)
                return;
            waiter.Cancel(CancellationToken);
        }
    }

    private void WatchForStuckChildren()
    {
        if (_extras is not { } extras || extras.StuckChildWarningAfter == Timeout.InfiniteTimeSpan)
            return;
        extras.StuckTimer = extras.TimeProvider.CreateTimer(
            static state => ((TaskGroup)state!).ReportStuckChildren(), this, extras.StuckChildWarningAfter, Timeout.InfiniteTimeSpan);
    }

    private void ReportStuckChildren()
    {
        string report;
        var extras = _extras!;
        lock (_completion)
        {
            var running = RunningCount;
            if (running == 0)
                return;
            var seconds = extras.StuckChildWarningAfter.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
            report = $"{Title}: {running} of {extras.RunningAtStop} children still running {seconds} s after cancel: {string.Join(", ", extras.Records())}";
        }
        Report(extras, report);
    }
}
