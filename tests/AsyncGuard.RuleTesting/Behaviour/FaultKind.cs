namespace AsyncGuard.RuleTesting.Behaviour;

/// <summary>What happens at one place of a run.</summary>
internal enum FaultKind
{
    /// <summary>It fails.</summary>
    Fails,

    /// <summary>
    /// It takes too long for a time limit of its own, which is a cancellation that no token of the program has asked for.
    /// </summary>
    TimesOut,

    /// <summary>It is there at once, instead of later.</summary>
    IsEarly,

    /// <summary>A token is cancelled before.</summary>
    CancelsBefore,

    /// <summary>A token is cancelled after.</summary>
    CancelsAfter,
}
