using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>A timer of the loop's <see cref="TimeProvider"/>. Any thread may change or dispose it.</summary>
internal sealed class LoopTimer(EventLoop loop, TimerCallback callback, object? state) : ITimer
{
    private readonly object _gate = new();
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private LoopHandle? _handle;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Ensure.Delay(dueTime);
        Ensure.Delay(period);
        lock (_gate)
        {
            if (_disposed) return false;
            _handle?.Cancel();
            _handle = null;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan) Arm(LoopClock.After(loop.Time, dueTime));
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _handle?.Cancel();
            _handle = null;
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Arm(TimeSpan when)
    {
        LoopHandle? handle = null;
        handle = loop.AddTimer(when, () => Fire(handle!, when), captureFlow: false);
        _handle = handle;
    }

    private void Fire(LoopHandle handle, TimeSpan when)
    {
        lock (_gate)
        {
            if (_disposed || _handle != handle) return;
            _handle = null;
            if (_period > TimeSpan.Zero) Arm(LoopClock.After(when, _period));
        }

        if (_flow is null) callback(state);
        else ExecutionContext.Run(_flow, static timer => ((LoopTimer)timer!).Call(), this);
    }

    private void Call() => callback(state);
}
