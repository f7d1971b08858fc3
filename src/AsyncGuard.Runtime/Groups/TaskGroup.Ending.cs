using System;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    private void AddError(Exception error)
    {
        lock (_completion)
        {
            if (!_errorsAreClosed)
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
        if (Tasks.HasSucceeded(task))
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
        // The outer token counts before its callback has reached us: the body may have heard of it first.
        if (!IsStopping)
            return false;
        _acknowledged = true;
        return true;
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
        if (_extras is { KeepsBooks: true } extras)
            ReleaseFromBooks(extras, record);
        else if (_counts.Leave())
            Finish();
    }

    private void ReleaseFromBooks(GroupExtras extras, ChildRecord? record)
    {
        QueuedChild? next = null;
        bool ended;
        lock (_completion)
        {
            if (record is not null)
                extras.Unlist(record);
            ended = _counts.Leave();
            if (extras.MaxConcurrency > 0 && RunningCount < extras.MaxConcurrency && (next = extras.Dequeue()) is not null)
            {
                _counts.Promote();
                if (next.Record is { } started)
                    extras.List(started);
            }
        }
        if (next is not null)
            Launch(next);
        if (ended)
            Finish();
        else
            WakeSlotWaiters();
    }

    private void Launch(QueuedChild child)
    {
        // Outside the lock: the clock may be the user's.
        if (_extras is { KeepsRecords: true } extras && child.Record is { } record)
            record.StartedAt = extras.TimeProvider.GetTimestamp();
        child.Launch();
    }

    private void Release()
    {
        Interleaving.Point(nameof(Release));
        if (_counts.Release())
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

        if (CloseErrors() is { Length: > 0 } errors)
        {
            _end = TaskGroupStatus.Faulted;
            if (_extras?.ErrorMode == TaskGroupErrorMode.Aggregate)
                _completion.Fail(new TaskGroupException(Name, errors));
            else
                _completion.Fail(errors);
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

    /// <summary>What comes later, from a timer that was on its way, is reported and does not change the outcome.</summary>
    private Exception[] CloseErrors()
    {
        lock (_completion)
        {
            _errorsAreClosed = true;
            return _errors?.ToArray() ?? [];
        }
    }
}
