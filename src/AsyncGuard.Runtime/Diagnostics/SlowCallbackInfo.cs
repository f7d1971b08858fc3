using System;

namespace AsyncGuard;

/// <summary>One report of a <see cref="SlowCallbackMonitor"/>.</summary>
public sealed class SlowCallbackInfo
{
    internal SlowCallbackInfo(SlowCallbackKind kind, string method, TimeSpan duration, string message, string? stackTrace = null)
    {
        Kind = kind;
        Method = method;
        Duration = duration;
        Message = message;
        StackTrace = stackTrace;
    }

    /// <summary>What was seen.</summary>
    public SlowCallbackKind Kind { get; }

    /// <summary>
    /// What it was: for a blocking wait the method that waited, for a slow callback the async method that was continued or the name passed
    /// to <see cref="SlowCallbackMonitor.RunAsync"/>; <c>thread pool</c> for a delay of the pool.
    /// </summary>
    public string Method { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The report in words: <c>Executing Service.LoadAsync took 0.150 seconds</c>.</summary>
    public string Message { get; }

    /// <summary>The stack of a blocking wait; null otherwise.</summary>
    public string? StackTrace { get; }

    /// <summary>The report in words.</summary>
    /// <returns><see cref="Message"/>.</returns>
    public override string ToString() => Message;
}
