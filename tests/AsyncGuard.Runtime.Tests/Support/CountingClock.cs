using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.Support;

/// <summary>Another clock, with a count of the timers that it made and that have not been disposed.</summary>
internal sealed class CountingClock(TimeProvider inner) : TimeProvider
{
    private int _made;
    private int _live;

    public int Made => Volatile.Read(ref _made);

    public int Live => Volatile.Read(ref _live);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _made);
        Interlocked.Increment(ref _live);
        return new CountedTimer(this, inner.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class CountedTimer(CountingClock clock, ITimer inner) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) Interlocked.Decrement(ref clock._live);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
