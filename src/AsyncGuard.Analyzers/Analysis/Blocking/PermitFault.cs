namespace AsyncGuard.Analysis.Blocking;

/// <summary>How the taking of a permit and its release come apart.</summary>
internal enum PermitFault
{
    None,

    /// <summary>The permit is taken inside the <c>try</c> that releases it, and taking it can fail.</summary>
    TakenInside,

    /// <summary>Whether the permit was taken before the time was up is not looked at.</summary>
    ResultIgnored,

    /// <summary>An exception between the two skips the release.</summary>
    ReleaseSkipped,

    /// <summary>An exception between the permit and the <c>try</c> that releases it skips the release.</summary>
    SkippedBeforeTry,
}
