namespace AsyncGuard;

/// <summary>What the failure of one child means for the others.</summary>
public enum TaskGroupPolicy
{
    /// <summary>The first error cancels the body and all children.</summary>
    FailFast,

    /// <summary>
    /// A child's error is recorded and cancels no other child; the group still fails at its end. An error of the body cancels all children.
    /// </summary>
    Supervise,
}
