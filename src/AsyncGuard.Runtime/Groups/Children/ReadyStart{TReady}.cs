using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace AsyncGuard;

/// <summary>A child that is not ready yet, and the wait for that. Knows whether the end of the wait was observed.</summary>
internal sealed class ReadyStart<TReady> : IReadyOutcome, IValueTaskSource<TReady>, IValueTaskSource
{
    private const int Waiting = 0;
    private const int IsReady = 1;
    private const int HasEnded = 2;

    private readonly TaskCompletionSource<TReady> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskGroup _group;
    private readonly Func<ReadyStart<TReady>, CancellationToken, Task> _child;
    private readonly ChildRecord _record;
    private readonly CancellationToken _startToken;
    private CancellationTokenRegistration _startRegistration;
    private CancellationTokenRegistration _lineRegistration;
    private CancellationTokenSource? _source;
    private int _state;
    private volatile bool _isSeen;

    public ReadyStart(TaskGroup group, Func<ReadyStart<TReady>, CancellationToken, Task> child, ChildRecord record,
        CancellationToken startToken)
    {
        _group = group;
        _child = child;
        _record = record;
        _startToken = startToken;
    }

    public bool IsSeen => _isSeen;

    public IReadOnlyList<Exception> Errors
        => _ready.Task.IsFaulted ? _ready.Task.Exception!.InnerExceptions : _ready.Task.IsCanceled ? [Tasks.CancellationOf(_ready.Task)]
        : [];

    public void Started(TReady value)
    {
        if (Interlocked.CompareExchange(ref _state, IsReady, Waiting) != Waiting)
            throw new InvalidOperationException("Started was called twice, or after the child had ended.");
        // The waiter may cancel its token as soon as it goes on: a callback that comes now finds the child ready.
#if !NETSTANDARD2_0
        _startRegistration.Unregister();
#endif
        _ready.TrySetResult(value);
    }

    public bool TryEnd(Task child)
    {
        if (Interlocked.CompareExchange(ref _state, HasEnded, Waiting) != Waiting) return false;
        switch (child.Status)
        {
            case TaskStatus.RanToCompletion:
                _ready.TrySetException(new InvalidOperationException("The child ended without calling Started."));
                break;
            case TaskStatus.Canceled:
                _ready.TrySetCanceled(_startToken.IsCancellationRequested ? _startToken : Tasks.CancellationOf(child).CancellationToken);
                break;
            default:
                _ready.TrySetException(child.Exception!.InnerExceptions);
                break;
        }

        // The group observes what no other code does.
        _ = _ready.Task.Exception;
        return true;
    }

    /// <summary>While the child waits for a slot, it is cancelled by leaving the line.</summary>
    public void WatchLine()
    {
        if (!_startToken.CanBeCanceled || Volatile.Read(ref _record.Queued) is null) return;
        _lineRegistration = _startToken.Register(
            static state =>
            {
                var start = (ReadyStart<TReady>)state!;
                start._group.DropQueued(start._record, start._startToken);
            },
            this,
            useSynchronizationContext: false);
    }

    /// <summary>The child has ended, if only in the line.</summary>
    public void EndInLine(Task child)
    {
#if NETSTANDARD2_0
        _lineRegistration.Dispose();
#else
        _lineRegistration.Unregister();
#endif
        TryEnd(child);
    }

    public Task Run(CancellationToken groupToken)
    {
        if (!_startToken.CanBeCanceled) return _child(this, groupToken);
        _source = CancellationTokenSource.CreateLinkedTokenSource(groupToken);
        _startRegistration = _startToken.Register(
            static state => ((ReadyStart<TReady>)state!).CancelStart(), this, useSynchronizationContext: false);
        Task child;
        try
        {
            child = _child(this, _source.Token);
        }
        catch (Exception)
        {
            Release();
            throw;
        }

        if (child is null || child.IsCompleted) Release();
        else Continuations.Attach(child, Release);
        return child!;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _ready.Task.Status switch
    {
        TaskStatus.RanToCompletion => ValueTaskSourceStatus.Succeeded,
        TaskStatus.Faulted => ValueTaskSourceStatus.Faulted,
        TaskStatus.Canceled => ValueTaskSourceStatus.Canceled,
        _ => ValueTaskSourceStatus.Pending,
    };

    public TReady GetResult(short token)
    {
        _isSeen = true;
        return Tasks.ResultOf(_ready.Task);
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        var awaiter = _ready.Task.ConfigureAwait((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0).GetAwaiter();
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0) awaiter.OnCompleted(() => continuation(state));
        else awaiter.UnsafeOnCompleted(() => continuation(state));
    }

    private void CancelStart()
    {
        if (Volatile.Read(ref _state) != Waiting) return;
        _record.CancelledByHandle = true;
        _group.CancelChild(_source!);
    }

    private void Release()
    {
#if NETSTANDARD2_0
        _startRegistration.Dispose();
#else
        // Does not wait for a callback that has already started: that one finds the child ready, or was in time.
        _startRegistration.Unregister();
#endif
        _source!.Dispose();
    }
}
