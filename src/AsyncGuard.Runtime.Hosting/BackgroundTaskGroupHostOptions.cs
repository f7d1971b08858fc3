using System;

namespace AsyncGuard.Hosting;

/// <summary>Settings of the <see cref="BackgroundTaskGroup"/> of a host.</summary>
public sealed class BackgroundTaskGroupHostOptions
{
    private TimeSpan _drainTimeout = TimeSpan.FromSeconds(20);

    /// <inheritdoc cref="BackgroundTaskGroupOptions.Name"/>
    public string? Name
    {
        get => GroupOptions.Name;
        set => GroupOptions.Name = value;
    }

    /// <inheritdoc cref="BackgroundTaskGroupOptions.MaxConcurrency"/>
    public int MaxConcurrency
    {
        get => GroupOptions.MaxConcurrency;
        set => GroupOptions.MaxConcurrency = value;
    }

    /// <inheritdoc cref="BackgroundTaskGroupOptions.Capacity"/>
    public int Capacity
    {
        get => GroupOptions.Capacity;
        set => GroupOptions.Capacity = value;
    }

    /// <inheritdoc cref="BackgroundTaskGroupOptions.CancelGrace"/>
    public TimeSpan CancelGrace
    {
        get => GroupOptions.CancelGrace;
        set => GroupOptions.CancelGrace = value;
    }

    /// <summary>
    /// How long children may take to end by themselves when the host stops; 20 seconds by default, infinite for as long as the host waits.
    /// With <see cref="CancelGrace"/> it has to fit into the host's shutdown time-out, which is 30 seconds by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative and not infinite, or longer than 49 days.</exception>
    public TimeSpan DrainTimeout
    {
        get => _drainTimeout;
        set
        {
            Limit.Check(value, nameof(value));
            _drainTimeout = value;
        }
    }

    /// <inheritdoc cref="BackgroundTaskGroupOptions.TimeProvider"/>
    public TimeProvider? TimeProvider
    {
        get => GroupOptions.TimeProvider;
        set => GroupOptions.TimeProvider = value;
    }

    internal BackgroundTaskGroupOptions GroupOptions { get; } = new();
}
