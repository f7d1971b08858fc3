namespace AsyncGuard.Survey;

/// <summary>What an awaitable member does, as far as its metadata and IL tell.</summary>
public enum AwaitableForm
{
    Unknown,

    /// <summary>It awaits something that may not be complete.</summary>
    Awaits,

    /// <summary>It is <c>async</c>, and awaits nothing.</summary>
    NeverAwaits,

    /// <summary>It calls the synchronous member and wraps what that gives.</summary>
    InPlace,

    /// <summary>It gives the synchronous member to <c>Task.Run</c>.</summary>
    OnThePool,

    /// <summary>It returns the task of another awaitable member.</summary>
    HandsOn,

    /// <summary>The class overrides the synchronous member alone, and the base's awaitable one runs that in place.</summary>
    Inherited,

    /// <summary>It returns a task that is finished.</summary>
    Completed,

    /// <summary>It has no body here.</summary>
    Abstract,
}
