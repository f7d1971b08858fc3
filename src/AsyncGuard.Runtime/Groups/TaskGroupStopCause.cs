namespace AsyncGuard;

/// <summary>What first asked a group to stop.</summary>
public enum TaskGroupStopCause
{
    /// <summary>Nothing has.</summary>
    None,

    /// <summary>An error of the body or of a child.</summary>
    Error,

    /// <summary>The outer token.</summary>
    OuterToken,

    /// <summary><see cref="TaskGroupOptions.Timeout"/>.</summary>
    Timeout,

    /// <summary><see cref="TaskGroup.Cancel"/> or <see cref="TaskGroup.CancelAfter"/>.</summary>
    Cancel,

    /// <summary>A <see cref="TaskGroupScope"/> that was left without <see cref="TaskGroupScope.JoinAsync"/>.</summary>
    Abandoned,
}
