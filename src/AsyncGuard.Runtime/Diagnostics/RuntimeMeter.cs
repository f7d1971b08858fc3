#if !NETSTANDARD2_0
using System.Collections.Generic;
using System.Diagnostics.Metrics;

namespace AsyncGuard;

/// <summary>The meter <c>AsyncGuard</c>: durations of what the monitor reports, in seconds, by kind.</summary>
internal static class RuntimeMeter
{
    private static readonly Meter Meter = new("AsyncGuard");

    private static readonly Histogram<double> Slow = Meter.CreateHistogram<double>(
        "asyncguard.slow_callback.duration", unit: "s", description: "Slow callbacks, blocking waits and thread pool delays.");

    public static void Record(SlowCallbackInfo info)
        => Slow.Record(info.Duration.TotalSeconds, new KeyValuePair<string, object?>("kind", info.Kind.ToString()));
}
#endif
