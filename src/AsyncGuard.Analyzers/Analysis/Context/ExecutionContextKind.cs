namespace AsyncGuard.Analysis.Context;

/// <summary>How much a piece of code may block the thread that runs it.</summary>
internal enum ExecutionContextKind
{
    /// <summary>Plain synchronous code: nothing is known of its callers.</summary>
    Unsure,

    /// <summary>Async code: the thread has others to serve.</summary>
    Async,

    /// <summary>A thread of its own, or an entry point: blocking does no harm.</summary>
    BlockingFriendly,

    /// <summary>Never runs as it stands: an expression tree, a <c>nameof</c>, an attribute.</summary>
    NotExecuted,
}
