using System;

namespace AsyncGuard;

/// <summary>
/// Settings of one <see cref="TaskGroup"/>. Copied when the group is made: later changes have no effect on it, and one instance can serve
/// many groups.
/// </summary>
public sealed class TaskGroupOptions
{
    private int _maxConcurrency;
    private TimeSpan _timeout = System.Threading.Timeout.InfiniteTimeSpan;
    private TimeSpan _stuckChildWarningAfter = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>A name for messages and reports. A named group remembers the name, file and line of each running child.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// How many children run at once; 0, the default, means any number. The body does not count. Further children wait in order of
    /// their start, do not begin before a slot is free, and are dropped when the group stops. A child that awaits a waiting
    /// sibling while it holds the last slot waits forever; in a group with diagnostics (a name, <see cref="OnChildFailed"/>,
    /// <see cref="StuckChildWarningAfter"/>, <c>ASYNCGUARD_DEBUG=1</c>) <see cref="OnStuckChildren"/> is called for it after ten seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MaxConcurrency
    {
        get => _maxConcurrency;
        set
        {
            Ensure.NotNegative(value);
            _maxConcurrency = value;
        }
    }

    /// <summary>
    /// The longest the group may take, from its start; infinite by default. When it is over, body and children are cancelled and
    /// waited for; if any of them stopped for it, the group ends with a <see cref="TimeoutException"/>, whose inner exception is that
    /// one's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative and not infinite, or longer than 49 days.</exception>
    public TimeSpan Timeout
    {
        get => _timeout;
        set
        {
            Ensure.Delay(value);
            _timeout = value;
        }
    }

    /// <summary>
    /// The clock of <see cref="Timeout"/>, <see cref="TaskGroup.CancelAfter"/> and <see cref="StuckChildWarningAfter"/>; the system's when
    /// null.
    /// </summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Whether a failing child stops the others. <see cref="TaskGroupPolicy.FailFast"/> by default.</summary>
    public TaskGroupPolicy Policy { get; set; }

    /// <summary>How <c>await</c> throws errors. <see cref="TaskGroupErrorMode.First"/> by default.</summary>
    public TaskGroupErrorMode ErrorMode { get; set; }

    /// <summary>
    /// What a cancellation that the group did not ask for means. <see cref="AsyncGuard.ForeignCancellation.Fail"/> by default.
    /// </summary>
    public ForeignCancellation ForeignCancellation { get; set; }

    /// <summary>
    /// Called for each error of a child, on the thread that completed it, before the group records it or stops for it. May set
    /// <see cref="TaskGroupChildFailure.Handled"/>. What it throws is an error of the group. Not called for errors of the body.
    /// </summary>
    public Action<TaskGroupChildFailure>? OnChildFailed { get; set; }

    /// <summary>
    /// How long children may continue after the group was stopped before <see cref="OnStuckChildren"/> is called (once). Infinite, the
    /// default, is never.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative and not infinite, or longer than 49 days.</exception>
    public TimeSpan StuckChildWarningAfter
    {
        get => _stuckChildWarningAfter;
        set
        {
            Ensure.Delay(value);
            _stuckChildWarningAfter = value;
        }
    }

    /// <summary>
    /// Called with a text that names the children that ignore their token:
    /// <c>group 'x': 2 of 5 children still running 10 s after cancel: Poll (Foo.cs:42)</c>.
    /// Also called when children of a limited group seem to wait for their own group's slots.
    /// The runtime's event source reports it too. The group continues to wait for them.
    /// </summary>
    public Action<string>? OnStuckChildren { get; set; }

    /// <summary>After each child that was accepted has ended or was dropped, outside the lock.</summary>
    internal Action? OnChildLeft { get; set; }
}
