using System;
using System.Threading;

namespace AsyncGuard;

/// <summary>The loop's time as a <see cref="TimeProvider"/>; its timers fire on the loop's thread.</summary>
internal sealed class LoopTimeProvider(EventLoop loop, LoopClock clock) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => clock.IsVirtual ? TimeZoneInfo.Utc : clock.Source.LocalTimeZone;

    public override long GetTimestamp() => loop.Time.Ticks;

    public override DateTimeOffset GetUtcNow() => clock.UtcNow(loop.Time);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Ensure.NotNull(callback);
        var timer = new LoopTimer(loop, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
