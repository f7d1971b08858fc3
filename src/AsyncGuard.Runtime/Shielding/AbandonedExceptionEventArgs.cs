using System;

namespace AsyncGuard;

/// <summary>The failure of shielded work whose caller no longer waited.</summary>
public sealed class AbandonedExceptionEventArgs : EventArgs
{
    internal AbandonedExceptionEventArgs(Exception exception) => Exception = exception;

    /// <summary>The failure.</summary>
    public Exception Exception { get; }
}
