using System;

namespace AsyncGuard;

/// <summary>The loop's time, counted from its start.</summary>
internal class LoopClock(TimeProvider source)
{
    private readonly long _startTimestamp = source.GetTimestamp();

    public DateTimeOffset Start { get; } = source.GetUtcNow();

    public TimeProvider Source => source;

    public virtual TimeSpan Now => source.GetElapsedTime(_startTimestamp);

    /// <summary>True: the clock stands still, and the loop moves it by <see cref="JumpTo"/>.</summary>
    public virtual bool IsVirtual => false;

    public virtual void JumpTo(TimeSpan time) => throw new NotSupportedException();
}
