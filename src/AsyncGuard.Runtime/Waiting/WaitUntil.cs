namespace AsyncGuard;

/// <summary>When <see cref="TaskWait"/> stops waiting.</summary>
public enum WaitUntil
{
    /// <summary>All tasks have ended, however they did.</summary>
    AllCompleted,

    /// <summary>One task has ended, however it did.</summary>
    FirstCompleted,

    /// <summary>One task has failed; a cancelled one does not count. Without a failure, as <see cref="AllCompleted"/>.</summary>
    FirstException,
}
