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

    /// <summary>AGD0108.</summary>
    SyncOverAsync,

    /// <summary>AGD0109.</summary>
    Polling,

    /// <summary>AGD0111.</summary>
    UnawaitedResource,

    /// <summary>AGD0201.</summary>
    DroppedTask,

    /// <summary>AGD0205.</summary>
    AbandonedTask,

    /// <summary>AGD0206.</summary>
    SequentialAwaits,

    /// <summary>AGD0210.</summary>
    TaskOutlivesResource,

    /// <summary>AGD0214.</summary>
    SharedContext,

    /// <summary>AGD0216.</summary>
    SyncRunner,

    /// <summary>AGD0217.</summary>
    TaskReturnedFromTry,

    /// <summary>AGD0302.</summary>
    UnusedToken,

    /// <summary>AGD0303.</summary>
    LoopIgnoresToken,

    /// <summary>AGD0304.</summary>
    SwallowedCancellation,

    /// <summary>AGD0307.</summary>
    SourceNotDisposed,

    /// <summary>AGD0310.</summary>
    EnumeratorToken,

    /// <summary>AGD0311.</summary>
    NarrowCancellationCatch,

    /// <summary>AGD0315.</summary>
    TimeLimitUnused,

    /// <summary>AGD0316.</summary>
    ItemLoopIgnoresToken,

    /// <summary>AGD0403.</summary>
    ValueTaskReuse,
}
