using System;
using System.Diagnostics;
using System.Threading;

namespace AsyncGuard;

/// <summary>
/// Passes callbacks on to the context below it, or to the thread pool, and measures each; sees the waits that block it. It adds no order
/// of its own: on the thread pool callbacks run in parallel as they would without it.
/// </summary>
internal sealed class MonitoredContext : SynchronizationContext
{
    [ThreadStatic]
    private static bool s_waitReported;

    private readonly SlowCallbackMonitor _monitor;
    private readonly SynchronizationContext? _below;

    public MonitoredContext(SlowCallbackMonitor monitor, SynchronizationContext? below)
    {
        _monitor = monitor;
        _below = below;
        // The runtime then calls Wait instead of blocking by itself.
        SetWaitNotificationRequired();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        var callback = new Callback(this, d, state);
        if (_below is null) ThreadPool.UnsafeQueueUserWorkItem(static callback => ((Callback)callback!).Run(), callback);
        else _below.Post(static callback => ((Callback)callback!).Run(), callback);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (_below is null) d(state);
        else _below.Send(d, state);
    }

    public override void OperationStarted() => _below?.OperationStarted();

    public override void OperationCompleted() => _below?.OperationCompleted();

    public override SynchronizationContext CreateCopy() => new MonitoredContext(_monitor, _below?.CreateCopy());

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return _below is null
                ? WaitHelper(waitHandles, waitAll, millisecondsTimeout)
                : _below.Wait(waitHandles, waitAll, millisecondsTimeout);
        }
        finally
        {
            s_waitReported |= _monitor.CheckWait(started);
        }
    }

    /// <summary>Runs code under this context and measures it up to its first await that waits.</summary>
    public T Measure<T>(Func<T> code, Func<string> name)
    {
        var previous = Current;
        SetSynchronizationContext(this);
        s_waitReported = false;
        var started = Stopwatch.GetTimestamp();
        try
        {
            return code();
        }
        finally
        {
            // First back to the old context: reporting may itself wait for a lock.
            SetSynchronizationContext(previous);
            if (!s_waitReported) _monitor.CheckCallback(started, name);
        }
    }

    private sealed class Callback(MonitoredContext context, SendOrPostCallback d, object? state)
    {
        public void Run() => context.Measure(
            () =>
            {
                d(state);
                return true;
            },
            () => CallbackName.OfPosted(d, state));
    }
}
