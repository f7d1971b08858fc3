#if !NETSTANDARD2_0
using System;
using System.Threading;

namespace AsyncGuard;

/// <summary>
/// A timer of the system's clock for one <see cref="TimeLimit"/> after the other: most limits are over long before their time, and a timer
/// costs more than the rest of them.
/// It is kept only where it was stopped long before it was due, so a callback that is already running for the last one cannot reach the
/// next.
/// </summary>
internal sealed class ReusableTimer
{
    private const long Margin = 1000;

    [ThreadStatic]
    private static ReusableTimer? s_kept;

    private readonly Timer _timer;
    private TimeLimit? _limit;
    private long _due;

    private ReusableTimer()
    {
        // It belongs to no flow.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            _timer = new Timer(static timer => ((ReusableTimer)timer!)._limit?.TimeIsOver(), this, Timeout.Infinite, Timeout.Infinite);
    }

    public static ReusableTimer Start(TimeLimit limit, TimeSpan time)
    {
        var timer = s_kept ?? new ReusableTimer();
        s_kept = null;
        timer._limit = limit;
        timer._due = Environment.TickCount64 + (long)time.TotalMilliseconds;
        timer._timer.Change(time, Timeout.InfiniteTimeSpan);
        return timer;
    }

    public void Stop()
    {
        if (s_kept is not null || Environment.TickCount64 > _due - Margin)
        {
            _timer.Dispose();
            return;
        }

        _timer.Change(Timeout.Infinite, Timeout.Infinite);
        _limit = null;
        s_kept = this;
    }
}
#endif
