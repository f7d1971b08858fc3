using System;
using System.Threading;

namespace AsyncGuard;

/// <summary>The loop's time, counted from its start.</summary>
internal class LoopClock(TimeProvider source)
{
    private readonly long _startTimestamp = source.GetTimestamp();

    public DateTimeOffset Start { get; } = source.GetUtcNow();

    public TimeProvider Source => source;

    /// <summary>The date at a point in loop time; the last there is, where loop time goes beyond it.</summary>
    public DateTimeOffset UtcNow(TimeSpan time) => time > DateTimeOffset.MaxValue - Start ? DateTimeOffset.MaxValue : Start + time;

    public virtual TimeSpan Now => source.GetElapsedTime(_startTimestamp);

    /// <summary>
    /// The end of a delay; <see cref="TimeSpan.MaxValue"/>, which is never, where it is infinite or beyond what time can count.
    /// </summary>
    public static TimeSpan After(TimeSpan now, TimeSpan delay)
        => delay == Timeout.InfiniteTimeSpan || (delay > TimeSpan.Zero && now > TimeSpan.MaxValue - delay) ? TimeSpan.MaxValue
        : now + delay;

    /// <summary>True: the clock stands still, and the loop moves it by <see cref="JumpTo"/>.</summary>
    public virtual bool IsVirtual => false;

    public virtual void JumpTo(TimeSpan time) => throw new NotSupportedException();
}
