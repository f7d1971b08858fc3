using System;

namespace AsyncGuard;

/// <summary>Settings of one <see cref="EventLoop"/>.</summary>
public sealed class EventLoopOptions
{
    /// <summary>
    /// Checks the calling thread of <see cref="EventLoop.CallSoon"/> and reports slow callbacks. On by default under
    /// <c>ASYNCGUARD_DEBUG=1</c>.
    /// </summary>
    public bool Debug { get; set; } = DebugMode.IsOn;

    /// <summary>From this duration on a callback is slow; 100 milliseconds by default.</summary>
    public TimeSpan SlowCallbackDuration { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Called for each slow callback, in debug mode, on the loop's thread: <c>Executing Service.LoadAsync took 0.150 seconds</c>. Null
    /// writes to the standard error stream.
    /// </summary>
    public Action<string>? OnSlowCallback { get; set; }

    /// <summary>Called when the loop has ended and something was left: callbacks that were ready, timers that were not due.</summary>
    public Action<EventLoopLeftover>? OnLeftover { get; set; }

    /// <summary>The clock behind the loop's time; the system's when null. It has to move on by itself.</summary>
    public TimeProvider? TimeProvider { get; set; }
}
