namespace AsyncGuard;

/// <summary>Where a <see cref="TaskGroup"/> is in its life. Only moves downwards.</summary>
public enum TaskGroupStatus
{
    /// <summary>The body or a child is running, and the group has not been asked to stop.</summary>
    Running,

    /// <summary>The group's token is cancelled; the body or a child has not ended yet.</summary>
    Stopping,

    /// <summary>Ended without errors: all work completed, or <see cref="TaskGroup.Cancel"/> ended it.</summary>
    Succeeded,

    /// <summary>Ended with at least one error, or by its time-out.</summary>
    Faulted,

    /// <summary>Ended because the outer token was cancelled.</summary>
    Canceled,
}
