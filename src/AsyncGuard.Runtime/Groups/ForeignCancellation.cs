namespace AsyncGuard;

/// <summary>What an <see cref="System.OperationCanceledException"/> from a child means while the group has not been asked to stop:
/// an HTTP time-out, or a token source of the child's own.</summary>
public enum ForeignCancellation
{
    /// <summary>It is an error like any other, so that no failure is lost.</summary>
    Fail,

    /// <summary>
    /// The child counts as ended on purpose, as in asyncio. Applies to children; in the body it is an error all the same.
    /// </summary>
    Ignore,
}
