namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>What becomes of a <c>CancellationTokenSource</c> that code makes.</summary>
internal enum TokenSourceEnd
{
    /// <summary>It is disposed, or somebody else may do it: it is returned, handed on, stored, captured; also whatever is not understood.</summary>
    Disposed,

    /// <summary>Nobody disposes it, and all that is given its token ends before its scope does.</summary>
    Leaked,

    /// <summary>Nobody disposes it, and nobody could, because it has no name.</summary>
    LeakedUnnamed,

    /// <summary>Nobody disposes it, and the work that is given its token goes on after the function has returned.</summary>
    LeakedBehindReturn,

    /// <summary>The field that holds it is never disposed.</summary>
    LeakedInField,
}
