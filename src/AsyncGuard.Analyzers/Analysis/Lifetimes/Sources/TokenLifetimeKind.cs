namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>How long something that was handed on is in use.</summary>
internal enum TokenLifetimeKind
{
    /// <summary>Unknown: it is stored, or passed to what goes on by itself.</summary>
    Unknown,

    /// <summary>Until the function goes on: it is asked, or what receives it is awaited or runs in place.</summary>
    Ends,

    /// <summary>Until the task that the function returns is done.</summary>
    Returned,
}
