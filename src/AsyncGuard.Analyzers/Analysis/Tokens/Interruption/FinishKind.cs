namespace AsyncGuard.Analysis.Tokens.Interruption;

/// <summary>How work says that it is over.</summary>
internal enum FinishKind
{
    /// <summary>It completes what others wait for.</summary>
    Completion,

    /// <summary>It counts itself out.</summary>
    Count,

    /// <summary>It sets back what it, or its caller, has set.</summary>
    Flag,

    /// <summary>It deletes a file that says that it runs.</summary>
    File,
}
