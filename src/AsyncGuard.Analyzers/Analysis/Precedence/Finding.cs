namespace AsyncGuard.Analysis.Precedence;

/// <summary>What a rule finds. The order of those about one blocking operation is that of precedence.</summary>
internal enum Finding
{
    /// <summary>AGD0101.</summary>
    Sleep,

    /// <summary>AGD0102.</summary>
    Wait,

    /// <summary>AGD0103.</summary>
    Counterpart,

    /// <summary>AGD0104.</summary>
    Primitive,

    /// <summary>AGD0505.</summary>
    Disposal,

    /// <summary>AGD0105, AGD0112.</summary>
    Indirect,

    /// <summary>AGD0106.</summary>
    Cpu,

    /// <summary>AGD0202.</summary>
    DiscardedTask,

    /// <summary>AGD0211.</summary>
    UnboundedFanOut,

    /// <summary>AGD0213.</summary>
    GroupMisuse,

    /// <summary>AGD0301.</summary>
    TokenNotPassed,

    /// <summary>AGD0309.</summary>
    EndlessWait,

    /// <summary>AGD0312.</summary>
    ReleaseWithoutAcquire,

    /// <summary>AGD0314.</summary>
    CachedTask,

    /// <summary>AGD0401.</summary>
    InlineContinuations,

    /// <summary>AGD0404.</summary>
    UncompletedSource,
}
