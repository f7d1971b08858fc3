using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>The token source of a child with a handle, linked to the group's token; disposed when the child has ended.</summary>
internal sealed class ChildCancellation<TChild>(TaskGroup group, TChild child, ChildRecord record) : IChildCancellation
{
    private readonly object _gate = new();
    private CancellationTokenSource? _source;
    private bool _requested;
    private bool _cancelling;
    private bool _ended;

    public TTask Run<TTask>(Func<TChild, CancellationToken, TTask> call, CancellationToken groupToken) where TTask : Task
    {
        CancellationToken token;
        lock (_gate)
        {
            if (_requested) throw new OperationCanceledException(new CancellationToken(canceled: true));
            _source = CancellationTokenSource.CreateLinkedTokenSource(groupToken);
            token = _source.Token;
        }

        TTask task;
        try
        {
            task = call(child, token);
        }
        catch (Exception)
        {
            End();
            throw;
        }

        if (task is null || task.IsCompleted) End();
        else Continuations.Attach(task, End);
        return task!;
    }

    public void Cancel()
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            if (_requested || _ended) return;
            _requested = _cancelling = true;
            record.CancelledByHandle = true;
            source = _source;
        }

        if (source is null) group.DropQueued(record, new CancellationToken(canceled: true));
        try
        {
            source?.Cancel();
        }
        finally
        {
            bool dispose;
            lock (_gate)
            {
                _cancelling = false;
                dispose = _ended;
            }

            if (dispose) source?.Dispose();
        }
    }

    /// <summary>The source is not disposed under a Cancel in progress: that one does it afterwards.</summary>
    private void End()
    {
        bool dispose;
        lock (_gate)
        {
            _ended = true;
            dispose = !_cancelling;
        }

        if (dispose) _source!.Dispose();
    }
}
