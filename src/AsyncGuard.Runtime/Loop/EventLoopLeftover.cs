namespace AsyncGuard;

/// <summary>What an <see cref="EventLoop"/> had not run when its main function ended.</summary>
public sealed class EventLoopLeftover
{
    internal EventLoopLeftover(int callbacks, int timers)
    {
        Callbacks = callbacks;
        Timers = timers;
    }

    /// <summary>Callbacks that were ready, now passed to the thread pool.</summary>
    public int Callbacks { get; }

    /// <summary>Timers that were not due; they never fire.</summary>
    public int Timers { get; }
}
