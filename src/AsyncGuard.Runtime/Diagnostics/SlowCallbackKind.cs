namespace AsyncGuard;

/// <summary>What a <see cref="SlowCallbackMonitor"/> has seen.</summary>
public enum SlowCallbackKind
{
    /// <summary>A stretch of code between two awaits took too long: it computed, slept or waited.</summary>
    SlowCallback,

    /// <summary>A thread was blocked in a wait: <c>.Result</c>, <c>Wait()</c>, <c>WaitOne()</c>, a contended lock.</summary>
    BlockingWait,

    /// <summary>The thread pool did not take up work in time: its threads are blocked or busy.</summary>
    ThreadPoolDelay,
}
