namespace AsyncGuard.Analysis.Lifetimes.Sources;

/// <summary>What happens to a <c>CancellationTokenSource</c> that code makes.</summary>
internal enum TokenSourceEnd
{
    /// <summary>
    /// It is disposed, or other code may do it: it is returned, handed on, stored, captured; also whatever is not understood.
    /// </summary>
    Disposed,

    /// <summary>It is not disposed, and all that receives its token ends before its scope does.</summary>
    Leaked,

    /// <summary>It is not disposed and cannot be, because it has no name.</summary>
    LeakedUnnamed,

    /// <summary>It is not disposed, and the work that receives its token goes on after the function has returned.</summary>
    LeakedBehindReturn,

    /// <summary>The field that holds it is never disposed.</summary>
    LeakedInField,
}
