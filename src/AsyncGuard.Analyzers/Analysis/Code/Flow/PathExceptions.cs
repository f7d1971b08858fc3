namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>Where paths leave a <c>try</c> by an exception.</summary>
internal enum PathExceptions
{
    /// <summary>Wherever an operation may throw.</summary>
    FromEveryPoint,

    /// <summary>Only from a <c>try</c> that the path enters as a whole: whatever it does first, it may throw before that.</summary>
    FromEntry,

    /// <summary>Nowhere: a path that throws is over.</summary>
    None,
}
