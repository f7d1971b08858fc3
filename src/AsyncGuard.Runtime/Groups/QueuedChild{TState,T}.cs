using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <inheritdoc cref="QueuedChild"/>
internal sealed class QueuedChild<TState, T>(
    TaskGroup group,
    Func<TState, CancellationToken, Task> child,
    TState state,
    ChildRecord? record) : QueuedChild(CapturedContext.Capture(), record)
{
    private readonly TaskCompletionSource<T> _proxy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the starter got: ends as the child does, once it has run.</summary>
    public Task<T> Proxy => _proxy.Task;

    public override void Drop(CancellationToken token) => _proxy.TrySetCanceled(token);

    protected override void Run()
    {
        var task = AmbientContext.Invoke(static (queued, token) => queued.Call(token), this, group.CancellationToken);
        if (task.IsCompleted)
            Finish(task);
        else
            Continuations.Attach(task, () => Finish(task));
    }

    private Task Call(CancellationToken token)
    {
        if (Record is not null)
            ChildRecord.Current = Record;
        return child(state, token);
    }

    private void Finish(Task task)
    {
        // The group learns of a failure before anybody who awaits the proxy does.
        group.Observe(task, Record);
        switch (task.Status)
        {
            case TaskStatus.RanToCompletion:
                _proxy.TrySetResult(task is Task<T> finished ? Tasks.ResultOf(finished) : default!);
                break;
            case TaskStatus.Canceled:
                _proxy.TrySetCanceled(Tasks.CancellationOf(task).CancellationToken);
                break;
            default:
                _proxy.TrySetException(task.Exception!.InnerExceptions);
                _ = _proxy.Task.Exception;
                break;
        }
        group.ReleaseChild(Record);
    }
}
