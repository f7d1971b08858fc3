using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A scope for concurrent work: no child outlives it, no error is lost, and one failure stops the rest.
/// <list type="bullet">
/// <item>The group ends when its body and every child have ended. It never abandons a child that ignores its token: it waits.</item>
/// <item>The first error cancels <see cref="CancellationToken"/>, which the body and all children share.</item>
/// <item>Errors beat the cancellation of the outer token, which beats the time-out, which beats <see cref="Cancel"/>.</item>
/// <item>All errors are kept, in order of occurrence, each exception object once, and before one that carries it as its inner exception;
/// <c>await</c> throws the first (<see cref="TaskGroupErrorMode"/>).</item>
/// <item>An <see cref="OperationCanceledException"/> of the body or a child after the group was asked to stop says "I have stopped"
/// and is no error; before that it is one (<see cref="ForeignCancellation"/>).</item>
/// <item>The body and the children start on the caller, as any async method does; use
/// <see cref="StartOnThreadPool(Func{CancellationToken, Task}, string?, string?, int)"/> for work that burns the CPU.</item>
/// </list>
/// All members are safe to call from any thread.
/// </summary>
public sealed partial class TaskGroup
{
    // The completion object is never handed out (only its task), so it is the lock too. It guards the errors, the cause and the extras.
    // Under it: no user code, no Cancel, no completion.
    private readonly IGroupCompletion _completion;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationToken _outer;
    private CancellationTokenRegistration _outerRegistration;
    private GroupExtras? _extras;
    private ErrorList? _errors;
    private List<IReadyOutcome>? _unready;
    private Task? _body;
    private ChildWatches _watches = new();

    private GroupCounts _counts = GroupCounts.Initial;
    private TaskGroupStopCause _cause;
    private volatile bool _acknowledged;
    private OperationCanceledException? _stopped;
    private bool _errorsAreClosed;
    private TaskGroupStatus _end = TaskGroupStatus.Stopping;

    private TaskGroup(IGroupCompletion completion, TaskGroupOptions? options, CancellationToken outer)
    {
        _completion = completion;
        _outer = outer;
        CancellationToken = _source.Token;
        if (options is not null || DebugMode.IsOn) _extras = new GroupExtras(options, completion);
        SlowCallbackMonitor.StartIfDebugging();
    }

    /// <summary>
    /// Errors that no <c>await</c> throws: of a <see cref="TaskGroupScope"/> that was disposed without
    /// <see cref="TaskGroupScope.JoinAsync"/>, of the losers of a race, of an enumeration by <c>MapAsCompletedAsync</c> all but the first,
    /// and a scope that was dropped while running. Raised on the thread that found it; what a handler throws is ignored, and the other
    /// handlers are called.
    /// </summary>
    public static event EventHandler<UnobservedChildExceptionEventArgs>? UnobservedChildException;

    /// <summary>
    /// Cancelled when the group is asked to stop: by an error, the outer token, the time-out or <see cref="Cancel"/>. Not cancelled by
    /// an end without any of these. Stays readable after the end.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>True from the moment <see cref="CancellationToken"/> is cancelled.</summary>
    public bool IsCancellationRequested => CancellationToken.IsCancellationRequested;

    /// <summary><see cref="TaskGroupOptions.Name"/>, or null.</summary>
    public string? Name => _extras?.Name;

    /// <summary>A snapshot.</summary>
    public TaskGroupStatus Status
    {
        get
        {
            if (_counts.HasEnded) return _end;
            return IsStopping ? TaskGroupStatus.Stopping : TaskGroupStatus.Running;
        }
    }

    /// <summary>
    /// How many children have started and not ended, at this moment. Neither the body nor children that wait for a slot count.
    /// </summary>
    public int RunningCount => _counts.RunningChildren;

    /// <summary>How many children wait for a slot under <see cref="TaskGroupOptions.MaxConcurrency"/>, at this moment.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_completion) return _extras?.QueuedCount ?? 0;
        }
    }

    /// <summary>The errors so far, in order of occurrence: a snapshot, also readable after the end.</summary>
    public IReadOnlyList<Exception> Errors
    {
        get
        {
            lock (_completion) return _errors?.ToArray() ?? [];
        }
    }

    /// <summary>What first asked the group to stop, at this moment; stays readable after the end.</summary>
    public TaskGroupStopCause StopCause
    {
        get
        {
            lock (_completion) return _cause;
        }
    }

    internal Task Completion => _completion.Task;

    internal bool IsLimited => _extras is { MaxConcurrency: > 0 };

    private bool IsStopping => _counts.IsStopping || _outer.IsCancellationRequested;

    /// <summary>
    /// Ends the group early and on purpose.
    /// <list type="bullet">
    /// <item>Cancels <see cref="CancellationToken"/>; children that wait for a slot are dropped; returns without waiting for the body or
    /// the children.</item>
    /// <item>The group then ends without an exception, unless there are errors or the outer token is cancelled too.</item>
    /// <item>From a <c>RunAsync</c> with a result comes the body's result if it returned one, else
    /// <see cref="OperationCanceledException"/>.</item>
    /// <item>No effect when the group was already asked to stop, or has ended. May be called from callbacks of the token.</item>
    /// <item>Callbacks registered on the token run inside this call; what they throw is an error of the group.</item>
    /// </list>
    /// </summary>
    public void Cancel() => Stop(TaskGroupStopCause.Cancel);

    /// <summary>
    /// Calls <see cref="Cancel"/> after a delay by the group's clock. A later call replaces the earlier one. No effect after the end.
    /// </summary>
    /// <param name="delay">Zero or more; <see cref="Timeout.InfiniteTimeSpan"/> takes an earlier call back.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative and not infinite, or longer than 49
    /// days.</exception>
    public void CancelAfter(TimeSpan delay)
    {
        Ensure.Delay(delay);
        GroupExtras extras;
        lock (_completion)
        {
            if (_counts.HasEnded) return;
            extras = _extras ??= new GroupExtras(options: null, _completion);
        }

        var timer = extras.CancelTimer ?? AddCancelTimer(extras);
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private ITimer AddCancelTimer(GroupExtras extras)
    {
        // Outside the lock: the clock may be the user's.
        var timer = extras.TimeProvider.CreateTimer(
            static state => ((TaskGroup)state!).Stop(TaskGroupStopCause.Cancel), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_completion)
        {
            if (!_counts.HasEnded && extras.CancelTimer is null) return extras.CancelTimer = timer;
        }

        timer.Dispose();
        return extras.CancelTimer ?? timer;
    }

    /// <summary>The running children as text, for reports and for tests that hang.</summary>
    /// <returns>One line: <c>group 'x': Stopping, 2 running, 1 waiting, body running: Poll (Foo.cs:42), Read (Foo.cs:43)</c>.</returns>
    public override string ToString()
    {
        lock (_completion)
        {
            var text =
                $"{Title}: {Status}, {RunningCount} running, {_extras?.QueuedCount ?? 0} waiting, body {(_counts.HasEnded || _body is { IsCompleted: true } ? "ended" : "running")}";
            return _extras?.FirstRecord is null ? text : text + ": " + string.Join(", ", _extras.Records());
        }
    }

    /// <summary>The running children on record, in order of their start.</summary>
    internal IReadOnlyList<ChildRecord> Records()
    {
        lock (_completion) return _extras?.Records() ?? [];
    }

    internal static void ReportUnobserved(string? groupName, Exception exception)
    {
        RuntimeEventSource.Log.UnobservedChildException(groupName ?? "", exception.ToString());
        Handlers.Raise(UnobservedChildException, new UnobservedChildExceptionEventArgs(groupName, exception));
    }

    private string Title => _extras?.Name is { } name ? $"group '{name}'" : "group";
}
