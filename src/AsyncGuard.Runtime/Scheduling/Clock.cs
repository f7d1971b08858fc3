using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Timed waits by a <see cref="TimeProvider"/>, on both targets.</summary>
internal static class Clock
{
    public static Task Delay(TimeProvider time, TimeSpan delay, CancellationToken token)
#if NETSTANDARD2_0
        => time.Delay(delay, token);
#else
        => Task.Delay(delay, time, token);
#endif

    public static CancellationTokenSource SourceAfter(TimeProvider time, TimeSpan delay)
#if NETSTANDARD2_0
        => time.CreateCancellationTokenSource(delay);
#else
        => new(delay, time);
#endif
}
