using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <inheritdoc cref="IQueuedChild"/>
/// <remarks>It is itself the source of what the starter got: a task that ends as the child does, once it has run.</remarks>
internal class QueuedChild<TState, T>(TaskGroup group, Func<TState, CancellationToken, Task> child, TState state)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IQueuedChild
{
    // Where to begin; once that is past, the child's task.
    private object? _placeOrTask = CapturedContext.Capture();

    public IQueuedChild? Next { get; set; }

    public virtual ChildRecord? Record => null;

    public virtual ChildRecord? Starter => null;

    public CapturedContext? Place => _placeOrTask as CapturedContext;

    public void Drop(CancellationToken token) => TrySetCanceled(token);

    public void Begin()
    {
        if (((_placeOrTask as CapturedContext)?.Flow ?? _placeOrTask as ExecutionContext) is { } flow)
            ExecutionContext.Run(flow, static child => ((QueuedChild<TState, T>)child!).Call(), this);
        else
            Call();
    }

    private void Call()
    {
        var task = AmbientContext.Invoke(static (queued, token) => queued.Invoke(token), this, group.CancellationToken);
        _placeOrTask = task;
        if (task.IsCompleted)
            Finish();
        else if (SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default)
            task.GetAwaiter().UnsafeOnCompleted(Finish);
        else
            Continuations.Attach(task, Finish);
    }

    private Task Invoke(CancellationToken token)
    {
        if (Record is { } record)
            ChildRecord.Current = record;
        return child(state, token);
    }

    private void Finish()
    {
        var task = (Task)_placeOrTask!;
        // The group learns of a failure before anybody who awaits the proxy does.
        group.Observe(task, Record);
        Tasks.CopyOutcome(task, this);
        group.ReleaseChild(Record);
    }
}
