using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A scope for concurrent work: no child outlives it, no error is lost, and one failure stops the rest.
/// <list type="bullet">
/// <item>The group ends when its body and every child have ended. It never abandons a child that ignores its token: it waits.</item>
/// <item>The first error cancels <see cref="CancellationToken"/>, which the body and all children share.</item>
/// <item>Errors beat the cancellation of the outer token, which beats the time-out, which beats <see cref="Cancel"/>.</item>
/// <item>All errors are kept, in order of occurrence, each exception object once; <c>await</c> throws the first
/// (<see cref="TaskGroupErrorMode"/>).</item>
/// <item>An <see cref="OperationCanceledException"/> of the body or a child after the group was asked to stop says "I have stopped"
/// and is no error; before that it is one (<see cref="ForeignCancellation"/>).</item>
/// <item>The body and the children start on the caller, as any async method does; use
/// <see cref="StartOnThreadPool(Func{CancellationToken, Task}, string?, string?, int)"/> for work that burns the CPU.</item>
/// </list>
/// All members are safe to call from any thread.
/// </summary>
public sealed partial class TaskGroup
{
    // The completion object is never handed out (only its task), so it is the lock too. Under it: no user code, no Cancel, no completion.
    private readonly IGroupCompletion _completion;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationToken _outer;
    private CancellationTokenRegistration _outerRegistration;
    private GroupExtras? _extras;
    private ErrorList? _errors;
    private Task? _body;

    // What keeps the group from ending: the body, each running or waiting child, each Stop in progress.
    private int _pending = 1;
    private int _running;
    private StopCause _cause;
    private bool _acknowledged;
    private bool _finished;
    private TaskGroupStatus _end = TaskGroupStatus.Stopping;

    private TaskGroup(IGroupCompletion completion, TaskGroupOptions? options, CancellationToken outer)
    {
        _completion = completion;
        _outer = outer;
        CancellationToken = _source.Token;
        if (options is not null || DebugMode.IsOn)
            _extras = new GroupExtras(options);
        SlowCallbackMonitor.StartIfDebugging();
    }

    /// <summary>
    /// Errors that have no <c>await</c> to come out of: of a <see cref="TaskGroupScope"/> that was disposed without
    /// <see cref="TaskGroupScope.JoinAsync"/>, of the losers of a race, and a scope that was dropped while running. Raised on the
    /// thread that found it; what a handler throws is ignored.
    /// </summary>
    public static event EventHandler<UnobservedChildExceptionEventArgs>? UnobservedChildException;

    /// <summary>
    /// Cancelled when the group is asked to stop: by an error, the outer token, the time-out or <see cref="Cancel"/>. Not cancelled by
    /// an end without any of these. Stays readable after the end.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>True from the moment <see cref="CancellationToken"/> is cancelled.</summary>
    public bool IsCancellationRequested => CancellationToken.IsCancellationRequested;

    /// <summary><see cref="TaskGroupOptions.Name"/>, or null.</summary>
    public string? Name => _extras?.Name;

    /// <summary>A snapshot.</summary>
    public TaskGroupStatus Status
    {
        get
        {
            lock (_completion)
            {
                if (_finished)
                    return _end;
                return IsStopping ? TaskGroupStatus.Stopping : TaskGroupStatus.Running;
            }
        }
    }

    /// <summary>How many children have started and not ended, at this moment. Neither the body nor children that wait for a slot count.</summary>
    public int RunningCount
    {
        get
        {
            lock (_completion)
                return _running;
        }
    }

    /// <summary>How many children wait for a slot under <see cref="TaskGroupOptions.MaxConcurrency"/>, at this moment.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_completion)
                return _extras?.QueuedCount ?? 0;
        }
    }

    /// <summary>The errors so far, in order of occurrence: a snapshot, also readable after the end.</summary>
    public IReadOnlyList<Exception> Errors
    {
        get
        {
            lock (_completion)
                return _errors?.ToArray() ?? [];
        }
    }

    internal Task Completion => _completion.Task;

    private bool IsStopping => _cause != StopCause.None || _outer.IsCancellationRequested;

    /// <summary>
    /// Ends the group early and on purpose.
    /// <list type="bullet">
    /// <item>Cancels <see cref="CancellationToken"/>; children that wait for a slot are dropped; returns without waiting for anybody.</item>
    /// <item>The group then ends without an exception, unless there are errors or the outer token is cancelled too.</item>
    /// <item>From a <c>RunAsync</c> with a result comes the body's result if it returned one, else <see cref="OperationCanceledException"/>.</item>
    /// <item>No effect when the group was already asked to stop, or has ended. May be called from callbacks of the token.</item>
    /// <item>Callbacks registered on the token run inside this call; what they throw is an error of the group.</item>
    /// </list>
    /// </summary>
    public void Cancel() => Stop(StopCause.Explicit);

    /// <summary>
    /// Calls <see cref="Cancel"/> after a delay by the group's clock. A later call replaces the earlier one. No effect after the end.
    /// </summary>
    /// <param name="delay">Zero or more; <see cref="Timeout.InfiniteTimeSpan"/> takes an earlier call back.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative and not infinite, or longer than 49 days.</exception>
    public void CancelAfter(TimeSpan delay)
    {
        Ensure.Delay(delay);
        GroupExtras extras;
        lock (_completion)
        {
            if (_finished)
                return;
            extras = _extras ??= new GroupExtras(options: null);
        }
        var timer = extras.CancelTimer ?? AddCancelTimer(extras);
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private ITimer AddCancelTimer(GroupExtras extras)
    {
        // Outside the lock: the clock may be the user's.
        var timer = extras.TimeProvider.CreateTimer(
            static state => ((TaskGroup)state!).Stop(StopCause.Explicit), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_completion)
        {
            if (!_finished && extras.CancelTimer is null)
                return extras.CancelTimer = timer;
        }
        timer.Dispose();
        return extras.CancelTimer ?? timer;
    }

    /// <summary>The running children as text, for reports and for tests that hang.</summary>
    /// <returns>One line: <c>group 'x': Stopping, 2 running, 1 waiting, body running: Poll (Foo.cs:42), Read (Foo.cs:43)</c>.</returns>
    public override string ToString()
    {
        lock (_completion)
        {
            var status = _finished ? _end : IsStopping ? TaskGroupStatus.Stopping : TaskGroupStatus.Running;
            var text = $"{Title}: {status}, {_running} running, {_extras?.QueuedCount ?? 0} waiting, body {(_body is { IsCompleted: true } ? "ended" : "running")}";
            return _extras?.FirstRecord is null ? text : text + ": " + string.Join(", ", _extras.Records());
        }
    }

    /// <summary>The children on record, in order of their start.</summary>
    internal IReadOnlyList<BackgroundChild> RunningChildren()
    {
        lock (_completion)
        {
            if (_extras is not { } extras)
                return [];
            var children = new List<BackgroundChild>();
            foreach (var record in extras.Records())
                children.Add(new BackgroundChild(record.Name, record.File, record.Line, extras.TimeProvider.GetElapsedTime(record.StartedAt)));
            return children;
        }
    }

    internal static void ReportUnobserved(string? groupName, Exception exception)
    {
        RuntimeEventSource.Log.UnobservedChildException(groupName ?? "", exception.ToString());
        try
        {
            UnobservedChildException?.Invoke(null, new UnobservedChildExceptionEventArgs(groupName, exception));
        }
        catch (Exception)
        {
            // A handler's failure must not end in the middle of somebody's completion.
        }
    }

    private string Title => _extras?.Name is { } name ? $"group '{name}'" : "group";

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
            if (_finished || _cause != StopCause.None)
                return;
            _cause = cause;
            _pending++;
            if (_extras is not null)
            {
                dropped = _extras.TakeQueue();
                _extras.RunningAtStop = _running;
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
            lock (_completion)
            {
                _acknowledged = true;
                _pending--; // Never the last one: Stop holds the group.
            }
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
            if (_finished || _running == 0)
                return;
            var seconds = extras.StuckChildWarningAfter.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
            report = $"{Title}: {_running} of {extras.RunningAtStop} children still running {seconds} s after cancel: {string.Join(", ", extras.Records())}";
        }
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

    private void AddError(Exception error)
    {
        lock (_completion)
        {
            if (!_finished)
            {
                (_errors ??= new ErrorList()).Add(error);
                return;
            }
        }
        ReportUnobserved(Name, error);
    }

    /// <summary>Takes note of how the body or a child ended; stops the group for an error. Does not release it.</summary>
    internal void Observe(Task task, ChildRecord? record, bool isBody = false)
    {
        if (record?.Ready is { } ready && ready.TryEnd(task))
        {
            if (task.IsCanceled)
                Acknowledge();
            return;
        }
        if (task.Status == TaskStatus.RanToCompletion)
            return;
        var stop = false;
        if (task.IsCanceled)
        {
            if (!IsAcknowledgement(record, isBody))
                stop = Fail(Tasks.CancellationOf(task), record, isBody);
        }
        else
        {
            foreach (var error in task.Exception!.InnerExceptions)
            {
                if (error is not OperationCanceledException || !IsAcknowledgement(record, isBody))
                    stop |= Fail(error, record, isBody);
            }
        }
        if (stop)
            Stop(StopCause.Error);
    }

    private bool IsAcknowledgement(ChildRecord? record, bool isBody)
    {
        if (Acknowledge())
            return true;
        if (record is { CancelledByHandle: true })
            return true;
        return !isBody && _extras?.ForeignCancellation == ForeignCancellation.Ignore;
    }

    private bool Acknowledge()
    {
        lock (_completion)
        {
            // The outer token counts before its callback has reached us: the body may have heard of it first.
            if (!IsStopping)
                return false;
            _acknowledged = true;
            return true;
        }
    }

    /// <summary>True when the group has to stop for it.</summary>
    private bool Fail(Exception error, ChildRecord? record, bool isBody)
    {
        if (!isBody && _extras?.OnChildFailed is { } onChildFailed)
        {
            var failure = new TaskGroupChildFailure(error, Name, record);
            try
            {
                onChildFailed(failure);
            }
            catch (Exception handlerError)
            {
                AddError(error);
                AddError(handlerError);
                return true;
            }
            if (failure.Handled)
                return false;
        }
        AddError(error);
        return isBody || _extras?.Policy != TaskGroupPolicy.Supervise;
    }

    private void BodyDone()
    {
        Observe(_body!, record: null, isBody: true);
        Release();
    }

    internal void ChildDone(Task child, ChildRecord? record)
    {
        Observe(child, record);
        ReleaseChild(record);
    }

    internal void ReleaseChild(ChildRecord? record)
    {
        Interleaving.Point(nameof(ReleaseChild));
        QueuedChild? next = null;
        bool finished;
        lock (_completion)
        {
            _running--;
            if (_extras is { } extras)
            {
                if (record is not null)
                    extras.Unlist(record);
                if (extras.MaxConcurrency > 0 && _running < extras.MaxConcurrency && (next = extras.Dequeue()) is not null)
                    _running++;
            }
            finished = --_pending == 0;
            _finished |= finished;
        }
        next?.Launch();
        if (finished)
            Finish();
        else
            WakeSlotWaiters();
    }

    private void Release()
    {
        Interleaving.Point(nameof(Release));
        lock (_completion)
        {
            if (--_pending > 0)
                return;
            _finished = true;
        }
        Finish();
    }

    private void Finish()
    {
        Interleaving.Point(nameof(Finish));
#if NETSTANDARD2_0
        _outerRegistration.Dispose();
#else
        // Does not wait for a callback that is on its way: that one finds the group finished.
        _outerRegistration.Unregister();
#endif
        _extras?.DisposeTimers();
        FinishSlotWaiters();
        _source.Dispose();
        var body = _body;
        _body = null;

        if (_errors is { Count: > 0 } errors)
        {
            _end = TaskGroupStatus.Faulted;
            if (_extras?.ErrorMode == TaskGroupErrorMode.Aggregate)
                _completion.Fail(new TaskGroupException(Name, errors.ToArray()));
            else
                _completion.Fail(errors.ToArray());
        }
        else if (_acknowledged && _outer.IsCancellationRequested)
        {
            _end = TaskGroupStatus.Canceled;
            _completion.Cancel(_outer);
        }
        else if (_acknowledged && _cause == StopCause.Timeout)
        {
            _end = TaskGroupStatus.Faulted;
            _completion.Fail(new TimeoutException($"{Title} took longer than {_extras!.Timeout}."));
        }
        else
        {
            _end = TaskGroupStatus.Succeeded;
            if (!_completion.TrySucceed(body))
                _completion.Cancel(CancellationToken);
        }
    }
}
