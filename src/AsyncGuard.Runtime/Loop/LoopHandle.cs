using System;
using System.Threading;

namespace AsyncGuard;

/// <summary>A callback that an <see cref="EventLoop"/> has accepted.</summary>
public sealed class LoopHandle
{
    private readonly EventLoop _loop;
    private readonly ExecutionContext? _flow;
    private Action? _callback;
    private SendOrPostCallback? _post;
    private object? _state;

    internal LoopHandle(EventLoop loop, Action callback)
    {
        _loop = loop;
        _callback = callback;
        _flow = ExecutionContext.Capture();
    }

    internal LoopHandle(EventLoop loop, SendOrPostCallback post, object? state)
    {
        _loop = loop;
        _post = post;
        _state = state;
    }

    /// <summary>True after <see cref="Cancel"/>.</summary>
    public bool IsCanceled { get; private set; }

    /// <summary>When it is due, in loop time since the start of the loop; null for one that is not timed.</summary>
    public TimeSpan? When { get; internal set; }

    internal long DueTicks => When!.Value.Ticks;

    /// <summary>Order of acceptance: callbacks that are due at the same instant run in it.</summary>
    internal long Sequence { get; set; }

    internal bool IsTimer => When is not null;

    /// <summary>A timer that was due and has left the heap.</summary>
    internal bool IsReady { get; set; }

    /// <summary>The callback will not run, if it has not begun. May be called from any thread, and again.</summary>
    public void Cancel() => _loop.CancelHandle(this);

    /// <summary>The callback's method, in words.</summary>
    /// <returns>For an async method, the method's name and not that of its state machine.</returns>
    public override string ToString()
        => IsCanceled ? "cancelled callback" : CallbackName.OfPosted((Delegate?)_callback ?? _post, _state);

    internal bool TryMarkCancelled()
    {
        if (IsCanceled) return false;
        IsCanceled = true;
        _callback = null;
        _post = null;
        _state = null;
        return true;
    }

    internal void Invoke()
    {
        var callback = _callback;
        if (callback is not null)
        {
            if (_flow is null) callback();
            else ExecutionContext.Run(_flow, static state => ((Action)state!)(), callback);
            return;
        }

        _post?.Invoke(_state);
    }
}
