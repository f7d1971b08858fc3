using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <inheritdoc cref="IQueuedChild"/>
/// <remarks>
/// What the starter got is a task that ends as the child does, once it has run. That task is all that a child in the line costs beyond
/// itself: this object serves one child after the other.
/// </remarks>
internal sealed class QueuedChild<TState, T> : IQueuedChild
{
    private const int MostKept = 1024;

    private static readonly object s_gate = new();
    private static QueuedChild<TState, T>? s_kept;
    private static int s_keptCount;

    private TaskGroup _group = null!;
    private Func<TState, CancellationToken, Task> _child = null!;
    private TState _state = default!;
    private TaskCompletionSource<T> _result = null!;
    private Action? _finish;

    // Once it has a slot, its record.
    private ChildSite? _site;

    // Where to begin; once that is past, the child's task.
    private object? _placeOrTask;

    private QueuedChild()
    {
    }

    public IQueuedChild? Next { get; set; }

    public ChildRecord? Record => _site is null ? null : (ChildRecord)(_site = _site.Record());

    public ChildRecord? Starter { get; private set; }

    public CapturedContext? Place => _placeOrTask as CapturedContext;

    public Task<T> Task => _result.Task;

    public static QueuedChild<TState, T> For(TaskGroup group, Func<TState, CancellationToken, Task> child, TState state,
        ChildSite? site)
    {
        var queued = Take() ?? new QueuedChild<TState, T>();
        queued._group = group;
        queued._child = child;
        queued._state = state;
        queued._placeOrTask = CapturedContext.Capture();
        queued._result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (site is not null)
        {
            queued._site = site;
            queued.Starter = ChildRecord.Current;
        }
        return queued;
    }

    public void Drop(CancellationToken token)
    {
        var result = _result;
        Keep();
        result.TrySetCanceled(token);
    }

    public void Begin()
    {
        if (((_placeOrTask as CapturedContext)?.Flow ?? _placeOrTask as ExecutionContext) is { } flow)
            ExecutionContext.Run(flow, static child => ((QueuedChild<TState, T>)child!).Call(), this);
        else
            Call();
    }

    /// <summary>Not begun, and not in a line: it serves another child.</summary>
    public void Keep()
    {
        _group = null!;
        _child = null!;
        _state = default!;
        _result = null!;
        _placeOrTask = null;
        _site = null;
        Starter = null;
        lock (s_gate)
        {
            if (s_keptCount == MostKept)
                return;
            Next = s_kept;
            s_kept = this;
            s_keptCount++;
        }
    }

    private static QueuedChild<TState, T>? Take()
    {
        lock (s_gate)
        {
            var kept = s_kept;
            if (kept is null)
                return null;
            s_kept = (QueuedChild<TState, T>?)kept.Next;
            s_keptCount--;
            kept.Next = null;
            return kept;
        }
    }

    private void Call()
    {
        var task = AmbientContext.Invoke(static (queued, token) => queued.Invoke(token), this, _group.CancellationToken);
        _placeOrTask = task;
        if (task.IsCompleted)
            Finish();
        else if (SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default)
            task.GetAwaiter().UnsafeOnCompleted(_finish ??= Finish);
        else
            Continuations.Attach(task, _finish ??= Finish);
    }

    private Task Invoke(CancellationToken token)
    {
        if (Record is { } record)
            ChildRecord.Current = record;
        return _child(_state, token);
    }

    private void Finish()
    {
        var task = (Task)_placeOrTask!;
        var group = _group;
        var record = Record;
        var result = _result;
        Keep();
        // The group learns of a failure before any code that awaits the proxy does.
        group.Observe(task, record);
        Tasks.CopyOutcome(task, result);
        group.ReleaseChild(record);
    }
}
