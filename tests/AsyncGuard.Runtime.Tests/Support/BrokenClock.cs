using System;
using System.Threading;

namespace AsyncGuard.Support;

/// <summary>A clock that can stop working.</summary>
internal sealed class BrokenClock : TimeProvider
{
    public bool TimersFail { get; set; }

    public bool TimestampsFail { get; set; }

    public override long GetTimestamp() => TimestampsFail ? throw new NotSupportedException() : base.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => TimersFail ? throw new NotSupportedException() : base.CreateTimer(callback, state, dueTime, period);
}
