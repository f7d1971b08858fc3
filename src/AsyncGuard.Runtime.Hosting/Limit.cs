using System;
using System.Threading;

namespace AsyncGuard.Hosting;

/// <summary>Times that are settings, refused where they are set and not where they are used.</summary>
internal static class Limit
{
    public static void Check(TimeSpan limit, string name)
    {
        if (limit == Timeout.InfiniteTimeSpan) return;
        if (limit < TimeSpan.Zero || limit.TotalMilliseconds > 0xFFFFFFFE)
            throw new ArgumentOutOfRangeException(name, limit,
                "Must be zero or more and at most about 49 days, or Timeout.InfiniteTimeSpan.");
    }
}
