using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>How a <see cref="BackgroundTaskGroup.DrainAsync"/> went.</summary>
public sealed class DrainReport
{
    internal DrainReport(bool canceled, int dropped, IReadOnlyList<BackgroundChild> stuck)
    {
        Canceled = canceled;
        Dropped = dropped;
        Stuck = stuck;
    }

    /// <summary>True when all children have ended.</summary>
    public bool Completed => Stuck.Count == 0;

    /// <summary>True when the time was over and children had to be cancelled.</summary>
    public bool Canceled { get; }

    /// <summary>How many children were still waiting for a slot then, and were dropped.</summary>
    public int Dropped { get; }

    /// <summary>The children that ran on after they were cancelled, in order of their start.</summary>
    public IReadOnlyList<BackgroundChild> Stuck { get; }

    /// <summary>The report in words, for a log.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
        => Completed
            ? Canceled ? $"drained after cancelling, {Dropped} dropped" : "drained"
            : $"{Stuck.Count} stuck after cancelling, {Dropped} dropped: {string.Join("; ", Stuck)}";
}
