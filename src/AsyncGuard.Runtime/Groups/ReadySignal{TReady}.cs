using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Handed to a child of <see cref="TaskGroup.StartAndWaitReadyAsync"/>, to say that it is ready.</summary>
/// <typeparam name="TReady">What the child has to tell.</typeparam>
public sealed class ReadySignal<TReady> : IReadyOutcome
{
    private const int Waiting = 0;
    private const int IsReady = 1;
    private const int HasEnded = 2;

    private readonly TaskCompletionSource<TReady> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<ReadySignal<TReady>, CancellationToken, Task> _child;
    private readonly ChildRecord _record;
    private readonly CancellationToken _startToken;
    private CancellationTokenRegistration _startRegistration;
    private CancellationTokenSource? _source;
    private int _state;

    internal ReadySignal(Func<ReadySignal<TReady>, CancellationToken, Task> child, ChildRecord record, CancellationToken startToken)
    {
        _child = child;
        _record = record;
        _startToken = startToken;
    }

    internal Task<TReady> Task => _ready.Task;

    /// <summary>Says that the child is ready: releases the one who waits, whose token no longer matters to the child. Never blocks.</summary>
    /// <param name="value">What the waiter gets.</param>
    /// <exception cref="InvalidOperationException">Called twice.</exception>
    public void Started(TReady value)
    {
        if (Interlocked.CompareExchange(ref _state, IsReady, Waiting) != Waiting)
            throw new InvalidOperationException("Started was called twice, or after the child had ended.");
        // Before the waiter goes on: it may cancel its token at once, and that must not reach the child.
        _startRegistration.Dispose();
        _ready.TrySetResult(value);
    }

    bool IReadyOutcome.TryEnd(Task child)
    {
        if (Interlocked.CompareExchange(ref _state, HasEnded, Waiting) != Waiting)
            return false;
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
        return true;
    }

    internal Task Run(CancellationToken groupToken)
    {
        if (!_startToken.CanBeCanceled)
            return _child(this, groupToken);
        _source = CancellationTokenSource.CreateLinkedTokenSource(groupToken);
        _startRegistration = _startToken.Register(
            static state => ((ReadySignal<TReady>)state!).CancelStart(), this, useSynchronizationContext: false);
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
        if (child is null || child.IsCompleted)
            Release();
        else
            Continuations.Attach(child, Release);
        return child!;
    }

    private void CancelStart()
    {
        if (Volatile.Read(ref _state) != Waiting)
            return;
        _record.CancelledByHandle = true;
        _source!.Cancel();
    }

    private void Release()
    {
        _startRegistration.Dispose();
        _source!.Dispose();
    }
}
