using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// The token of one operation, cancelled by a timer or by its caller's token. What callbacks on it throw is kept for the operation's
/// outcome: it must neither end the process from a timer nor come out of another caller's Cancel. Never exposed itself, only its token,
/// so it is its own lock. Not to be disposed before <see cref="End"/>'s task has ended.
/// </summary>
internal sealed class TimeLimit : CancellationTokenSource
{
    private CancellationTokenRegistration _registration;
    private ITimer? _timer;
#if !NETSTANDARD2_0
    private ReusableTimer? _systemTimer;
#endif
    private TimeSpan _grace;
    private TaskCompletionSource<VoidResult>? _settled;
    private bool _ended;
    private bool _cancelling;

    /// <summary>The time was over before the operation ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What callbacks on the token have thrown.</summary>
    public List<Exception>? Errors { get; private set; }

    /// <summary>The caller's token cancels the operation.</summary>
    public void Follow(CancellationToken caller)
    {
        if (caller.CanBeCanceled) _registration = Register(caller, static state => ((TimeLimit)state!).Stop(isOver: false));
    }

    public void Start(TimeProvider time, TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan) return;
#if !NETSTANDARD2_0
        if (time == TimeProvider.System)
        {
            _systemTimer = ReusableTimer.Start(this, limit);
            return;
        }
#endif
        _timer = time.CreateTimer(static state => ((TimeLimit)state!).TimeIsOver(), this, limit, Timeout.InfiniteTimeSpan);
    }

    public void TimeIsOver() => Stop(isOver: true);

    /// <summary>The time begins when the caller's token is cancelled.</summary>
    public void StartWhenCancelled(CancellationToken caller, TimeProvider time, TimeSpan grace)
    {
        _timer = time.CreateTimer(static state => ((TimeLimit)state!).TimeIsOver(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _grace = grace;
        _registration = Register(caller, static state => ((TimeLimit)state!).StartGrace());
    }

    /// <summary>The operation has ended. Null, or what to wait for: callbacks on the token are still running.</summary>
    public Task? End()
    {
        _timer?.Dispose();
#if NETSTANDARD2_0
        _registration.Dispose();
#else
        _systemTimer?.Stop();
        _registration.Unregister();
#endif
        lock (this)
        {
            _ended = true;
            if (!_cancelling) return null;
            _settled = new TaskCompletionSource<VoidResult>(Continuations.RunInline);
            return _settled.Task;
        }
    }

    /// <summary>
    /// After <see cref="End"/>: what callbacks have thrown, with what the operation itself failed with; null where none has.
    /// </summary>
    public IReadOnlyList<Exception>? CallbackErrors(Task operation)
    {
        if (Errors is not { Count: > 0 } errors) return null;
        if (!Tasks.HasSucceeded(operation))
        {
            foreach (var error in Tasks.ErrorsOf(operation))
            {
                if (error is not OperationCanceledException) errors.Add(error);
            }
        }

        return errors;
    }

    private void StartGrace()
    {
        lock (this)
        {
            if (!_ended) _timer!.Change(_grace, Timeout.InfiniteTimeSpan);
        }
    }

    private void Stop(bool isOver)
    {
        lock (this)
        {
            if (_ended || _cancelling || IsCancellationRequested) return;
            IsOver = isOver;
            _cancelling = true;
        }

        // Limits in one another are cancelled inside one another's Cancel: very deep, that goes on from another stack.
        if (DeepStack.IsAlmostUsedUp) ThreadPool.UnsafeQueueUserWorkItem(static limit => ((TimeLimit)limit!).CancelNow(), this);
        else CancelNow();
    }

    private void CancelNow()
    {
        try
        {
            Cancel();
        }
        catch (AggregateException exception)
        {
            Errors = [.. exception.InnerExceptions];
        }

        TaskCompletionSource<VoidResult>? settled;
        lock (this)
        {
            _cancelling = false;
            settled = _settled;
        }

        settled?.TrySetResult(default);
    }

    private CancellationTokenRegistration Register(CancellationToken token, Action<object?> callback)
#if NETSTANDARD2_0
        => token.Register(callback, this);
#else
        => token.UnsafeRegister(callback, this);
#endif
}
