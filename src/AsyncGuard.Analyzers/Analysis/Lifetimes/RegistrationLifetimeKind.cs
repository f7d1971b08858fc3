namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>When a callback that is registered with a token is no longer needed, although the token may live on.</summary>
internal enum RegistrationLifetimeKind
{
    /// <summary>Unknown, or not before the token ends.</summary>
    Unknown,

    /// <summary>When the function has awaited what follows.</summary>
    EndsWithFunction,

    /// <summary>When the task is done that the function returns.</summary>
    EndsWithTask,

    /// <summary>When the object is disposed.</summary>
    EndsWithObject,
}
