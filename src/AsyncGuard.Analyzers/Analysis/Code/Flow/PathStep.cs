namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>What an operation means to a path that reaches it.</summary>
internal enum PathStep
{
    /// <summary>The path goes on.</summary>
    Next,

    /// <summary>The path ends.</summary>
    Stop,

    /// <summary>The search ends: this is what was looked for.</summary>
    Found,
}
