using System;

namespace AsyncGuard;

/// <summary>A clock that stands still until the loop has nothing else to do, and then jumps to the next timer.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : LoopClock(new FixedTimeProvider(start))
{
    private TimeSpan _now;

    public override TimeSpan Now => _now;

    public override bool IsVirtual => true;

    public override void JumpTo(TimeSpan time) => _now = time;

    private sealed class FixedTimeProvider(DateTimeOffset start) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => start;

        public override long GetTimestamp() => 0;
    }
}
