using System;

namespace AsyncGuard;

/// <summary>Settings of a <see cref="BackgroundTaskGroup"/>. Copied when the group is made.</summary>
public sealed class BackgroundTaskGroupOptions
{
    private int _maxConcurrency;
    private int _capacity;
    private TimeSpan _cancelGrace = TimeSpan.FromSeconds(5);

    /// <summary>A name for reports.</summary>
    public string? Name { get; set; }

    /// <summary>How many children run at once; 0, the default, means any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MaxConcurrency
    {
        get => _maxConcurrency;
        set
        {
            Ensure.NotNegative(value);
            _maxConcurrency = value;
        }
    }

    /// <summary>How many children the group holds, running and waiting together; 0, the default, means any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Capacity
    {
        get => _capacity;
        set
        {
            Ensure.NotNegative(value);
            _capacity = value;
        }
    }

    /// <summary>
    /// How long <see cref="BackgroundTaskGroup.DrainAsync"/> waits for children after it has cancelled them; 5 seconds by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative and not infinite, or longer than 49 days.</exception>
    public TimeSpan CancelGrace
    {
        get => _cancelGrace;
        set
        {
            Ensure.Delay(value);
            _cancelGrace = value;
        }
    }

    /// <summary>The clock; the system's when null.</summary>
    public TimeProvider? TimeProvider { get; set; }
}
