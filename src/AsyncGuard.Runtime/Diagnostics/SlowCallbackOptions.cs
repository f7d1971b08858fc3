using System;

namespace AsyncGuard;

/// <summary>Settings of a <see cref="SlowCallbackMonitor"/>. Copied when it is started.</summary>
public sealed class SlowCallbackOptions
{
    private TimeSpan _threshold = TimeSpan.FromMilliseconds(100);
    private TimeSpan _poolThreshold = TimeSpan.FromMilliseconds(500);
    private TimeSpan _heartbeat = TimeSpan.FromMilliseconds(250);

    /// <summary>From this duration on a callback or a blocking wait is reported; 100 milliseconds by default, infinite for
    /// never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative and not infinite, or longer than 49 days.</exception>
    public TimeSpan Threshold
    {
        get => _threshold;
        set
        {
            Ensure.Delay(value);
            _threshold = value;
        }
    }

    /// <summary>From this delay on the thread pool is reported; 500 milliseconds by default, infinite for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative and not infinite, or longer than 49 days.</exception>
    public TimeSpan ThreadPoolThreshold
    {
        get => _poolThreshold;
        set
        {
            Ensure.Delay(value);
            _poolThreshold = value;
        }
    }

    /// <summary>How often the thread pool is probed; 250 milliseconds by default, infinite for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero, or negative and not infinite, or longer than 49 days.</exception>
    public TimeSpan HeartbeatInterval
    {
        get => _heartbeat;
        set
        {
            Ensure.Delay(value);
            if (value == TimeSpan.Zero)
                throw new ArgumentOutOfRangeException(nameof(value), value, "Must be more than zero: the probe would never sleep.");
            _heartbeat = value;
        }
    }

    /// <summary>
    /// Called for each report with a message template and its arguments, so that <c>logger.LogWarning</c> fits:
    /// <c>options.Log = logger.LogWarning;</c>.
    /// Called on the thread that was slow, or on the monitor's own.
    /// </summary>
    public Action<string, object?[]>? Log { get; set; }
}
