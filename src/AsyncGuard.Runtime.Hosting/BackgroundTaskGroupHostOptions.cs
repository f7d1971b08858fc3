using System;

namespace AsyncGuard.Hosting;

/// <summary>Settings of the <see cref="BackgroundTaskGroup"/> of a host.</summary>
public sealed class BackgroundTaskGroupHostOptions
{
    /// <inheritdoc cref="BackgroundTaskGroupOptions.Name"/>
    public string? Name { get; set; }

    /// <inheritdoc cref="BackgroundTaskGroupOptions.MaxConcurrency"/>
    public int MaxConcurrency { get; set; }

    /// <inheritdoc cref="BackgroundTaskGroupOptions.Capacity"/>
    public int Capacity { get; set; }

    /// <inheritdoc cref="BackgroundTaskGroupOptions.CancelGrace"/>
    public TimeSpan CancelGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long children may take to end by themselves when the host stops; 20 seconds by default. With <see cref="CancelGrace"/> it has to
    /// fit into the host's shutdown time-out, which is 30 seconds by default.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <inheritdoc cref="BackgroundTaskGroupOptions.TimeProvider"/>
    public TimeProvider? TimeProvider { get; set; }

    internal BackgroundTaskGroupOptions ToGroupOptions() => new()
    {
        Name = Name,
        MaxConcurrency = MaxConcurrency,
        Capacity = Capacity,
        CancelGrace = CancelGrace,
        TimeProvider = TimeProvider,
    };
}
