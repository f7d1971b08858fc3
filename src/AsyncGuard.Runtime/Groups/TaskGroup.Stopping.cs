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
                static state => ((TaskGroup)state!).Stop(TaskGroupStopCause.Timeout), this, extras.Timeout, Timeout.InfiniteTimeSpan);
        }

        if (!_outer.CanBeCanceled) return;
#if NETSTANDARD2_0
        _outerRegistration = _outer.Register(static state => ((TaskGroup)state!).Stop(TaskGroupStopCause.OuterToken), this);
#else
        _outerRegistration = _outer.UnsafeRegister(static state => ((TaskGroup)state!).Stop(TaskGroupStopCause.OuterToken), this);
#endif
    }

    /// <summary>The first cause wins. The group cannot end inside this call: it holds on to it until Cancel has returned.</summary>
    internal void Stop(TaskGroupStopCause cause)
    {
        IQueuedChild? dropped = null;
        lock (_completion)
        {
            if (!_counts.TryStop()) return;
            _cause = cause;
            if (_extras is not null)
            {
                dropped = _extras.TakeQueue();
                _extras.RunningAtStop = RunningCount;
            }
        }

        Interleaving.Point(nameof(Stop));
        // Groups in one another are cancelled inside one another's Cancel: very deep, that goes on from another stack.
        if (DeepStack.IsAlmostUsedUp) QueueCancel(dropped);
        else CancelAndRelease(dropped);
    }

    // Apart, because its closure would be allocated at every stop.
    private void QueueCancel(IQueuedChild? dropped) => ThreadPool.UnsafeQueueUserWorkItem(_ => CancelAndRelease(dropped), null);

    private void CancelAndRelease(IQueuedChild? dropped)
    {
        try
        {
            WatchForStuckChildren();
        }
        catch (Exception exception)
        {
            // The clock's. The group is stopped all the same.
            AddError(exception);
        }

        try
        {
            _source.Cancel();
        }
        catch (AggregateException exception)
        {
            // Thrown by callbacks on the token, after all of them ran.
            foreach (var error in exception.InnerExceptions) AddError(error);
        }

        DropQueued(dropped);
        Waiter<VoidResult>.CancelAll(TakeSlotWaiters(), CancellationToken);
        Release();
    }

    /// <summary>
    /// Cancels a source of a child's own. What callbacks on its token throw is the group's error: the code that cancels it does not know of
    /// them.
    /// </summary>
    internal void CancelChild(CancellationTokenSource source)
    {
        if (!_counts.TryHold()) return;
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            foreach (var error in exception.InnerExceptions) AddError(error);
            Stop(TaskGroupStopCause.Error);
        }
        catch (ObjectDisposedException)
        {
            // The child has ended at this very moment.
        }

        Release();
    }

    /// <summary>
    /// A child that has been cancelled by itself keeps no place in the line. No effect on one that is not there any more.
    /// </summary>
    internal void DropQueued(ChildRecord record, CancellationToken token)
    {
        IQueuedChild? dropped;
        lock (_completion)
        {
            // A group that stops has taken the whole line.
            dropped = _counts.IsStopping ? null : _extras?.Dequeue(record);
        }

        if (dropped is null) return;
        Interleaving.Point(nameof(DropQueued));
        dropped.Drop(token);
        _extras!.OnChildLeft?.Invoke();
        Release();
    }

    private void DropQueued(IQueuedChild? dropped)
    {
        while (dropped is not null)
        {
            var next = dropped.Next;
            dropped.Next = dropped.Previous = null;
            dropped.Drop(CancellationToken);
            _acknowledged = true;
            _counts.Release(); // Never the last one: Stop holds the group.
            _extras!.OnChildLeft?.Invoke();
            dropped = next;
        }
    }

    private void WatchForStuckChildren()
    {
        if (_extras is not { } extras || extras.StuckChildWarningAfter == Timeout.InfiniteTimeSpan) return;
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
            if (running == 0) return;
            var seconds = extras.StuckChildWarningAfter.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
            report = $"{Title}: {running} of {extras.RunningAtStop} children still running {seconds} s after cancel: {string.Join(", ", extras.Records())}";
        }

        Report(extras, report);
    }
}
