using System;
using System.Diagnostics;
using System.Threading;
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
            if (!Tasks.HasSucceeded(task) && IsAcknowledgement(task, record, isBody)) return;
            // For the code that waits for the signal; whether any does is known at the end of the group.
            lock (_completion) (_unready ??= []).Add(ready);
            return;
        }

        if (Tasks.HasSucceeded(task) || IsAcknowledgement(task, record, isBody)) return;
        var stop = false;
        foreach (var error in Tasks.ErrorsOf(task))
        {
            if (error is not OperationCanceledException cancellation || !IsAcknowledgement(record, isBody))
                stop |= Fail(error, record, isBody);
            else _stopped ??= cancellation;
        }

        if (stop) Stop(TaskGroupStopCause.Error);
    }

    /// <summary>Nothing but a cancellation, and it says that the task has stopped for the group.</summary>
    private bool IsAcknowledgement(Task task, ChildRecord? record, bool isBody)
    {
        if (!task.IsCanceled || RelatedErrors.HasCancellations || !IsAcknowledgement(record, isBody)) return false;
        if (_cause == TaskGroupStopCause.Timeout && _stopped is null) _stopped = Tasks.CancellationOf(task);
        return true;
    }

    private bool IsAcknowledgement(ChildRecord? record, bool isBody)
    {
        if (Acknowledge()) return true;
        if (record is { CancelledByHandle: true }) return true;
        return !isBody && _extras?.ForeignCancellation == ForeignCancellation.Ignore;
    }

    private bool Acknowledge()
    {
        // The outer token counts before its callback has reached us: the body may have heard of it first.
        if (!IsStopping) return false;
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

            if (failure.Handled) return false;
        }

        AddError(error);
        return isBody || _extras?.Policy != TaskGroupPolicy.Supervise;
    }

    private void BodyDone()
    {
        Observe(_body!, record: null, isBody: true);
        Release();
    }

    /// <summary>A child without a record.</summary>
    internal void ChildDone(Task child)
    {
        if (_extras is not null || !Tasks.HasSucceeded(child))
        {
            ChildDone(child, record: null);
            return;
        }

        Interleaving.Point(nameof(ReleaseChild));
        if (_counts.Leave()) Finish();
    }

    internal void ChildDone(Task child, ChildRecord? record)
    {
        Observe(child, record);
        ReleaseChild(record);
    }

    internal void ReleaseChild(ChildRecord? record)
    {
        Interleaving.Point(nameof(ReleaseChild));
        if (_extras is { KeepsBooks: true } extras) ReleaseFromBooks(extras, record);
        else if (_counts.Leave()) Finish();
    }

    private void ReleaseFromBooks(GroupExtras extras, ChildRecord? record)
    {
        IQueuedChild? launch = null;
        bool ended;
        lock (_completion)
        {
            if (record is not null) extras.Unlist(record);
            ended = _counts.Leave();
            while (extras.MaxConcurrency > 0 && RunningCount < extras.MaxConcurrency && extras.Dequeue() is { } next)
            {
                _counts.Promote();
                if (next.Record is { } started) extras.List(started);
                if (extras.Launch(next)) launch = next;
            }
        }

        if (launch is not null) QueueLauncher(launch.Place);
        extras.OnChildLeft?.Invoke();
        if (ended) Finish();
        else WakeSlotWaiters();
    }

    private void Release()
    {
        Interleaving.Point(nameof(Release));
        if (_counts.Release()) Finish();
    }

    private void Finish()
    {
        Interleaving.Point(nameof(Finish));
#if NETSTANDARD2_0
        _outerRegistration.Dispose();
#else
        // Does not wait for a callback that has already started: that one finds the group finished.
        _outerRegistration.Unregister();
#endif
        _extras?.DisposeTimers();
        if (TakeSlotWaiters() is { } waiters) Waiter<VoidResult>.FailAll(waiters, HasEnded);
        _source.Dispose();
        var body = _body;
        _body = null;

        if (CloseErrors() is { Length: > 0 } errors)
        {
            _end = TaskGroupStatus.Faulted;
            if (_extras?.ErrorMode == TaskGroupErrorMode.Aggregate)
            {
                _completion.Fail(new TaskGroupException(Name, errors));
            }
            else
            {
                RelatedErrors.Relate(errors);
                _completion.Fail(errors);
            }
        }
        else if (_acknowledged && _outer.IsCancellationRequested)
        {
            _end = TaskGroupStatus.Canceled;
            _completion.Cancel(_outer);
        }
        else if (_acknowledged && _cause == TaskGroupStopCause.Timeout)
        {
            _end = TaskGroupStatus.Faulted;
            _completion.Fail(new TimeoutException($"The {Title} took longer than {_extras!.Timeout}.", _stopped));
        }
        else
        {
            _end = TaskGroupStatus.Succeeded;
            if (!_completion.TrySucceed(body)) _completion.Cancel(CancellationToken);
        }
    }

    /// <summary>What comes later, from a timer that had already fired, is reported and does not change the outcome.</summary>
    private Exception[] CloseErrors()
    {
        lock (_completion)
        {
            AddUnseen();
            _errorsAreClosed = true;
            return _errors?.ToArray() ?? [];
        }
    }

    /// <summary>Failures of children before they were ready that were not observed.</summary>
    private void AddUnseen()
    {
        Debug.Assert(Monitor.IsEntered(_completion));
        if (_unready is null) return;
        foreach (var ready in _unready)
        {
            if (!ready.IsSeen)
            {
                foreach (var error in ready.Errors) (_errors ??= new ErrorList()).Add(error);
            }
        }

        _unready = null;
    }
}
