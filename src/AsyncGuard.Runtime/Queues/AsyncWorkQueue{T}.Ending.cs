using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class AsyncWorkQueue<T>
{
    /// <summary>Marks one item as done; the last one releases <see cref="JoinAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">Called more often than items were put.</exception>
    public void TaskDone()
    {
        Waiter<VoidResult>? joiners;
        lock (_gate)
        {
            if (_unfinished == 0) throw new InvalidOperationException("TaskDone was called more often than items were put.");
            _unfinished--;
            joiners = TakeJoiners();
        }

        Waiter<VoidResult>.CompleteAll(joiners, default);
    }

    /// <summary>Waits until every item that was put is marked as done. Complete at once when none is owed.</summary>
    /// <param name="cancellationToken">Cancels this wait only.</param>
    /// <returns>A task that ends when <see cref="UnfinishedCount"/> was 0.</returns>
    public Task JoinAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        Waiter<VoidResult> joiner;
        lock (_gate)
        {
            if (_unfinished == 0) return Task.CompletedTask;
            joiner = _joiners.Add();
        }

        _joiners.Watch(joiner, cancellationToken);
        return joiner.Task;
    }

    /// <summary>
    /// Closes the queue for new items. No effect the second time, except that it may be made immediate.
    /// <list type="bullet">
    /// <item>Waiting producers get <see cref="QueueShutDownException"/>; their items are not put.</item>
    /// <item>What is in the queue can be taken; after that, and at once for gets that wait, <see cref="QueueShutDownException"/>.</item>
    /// <item>Immediate: what is in the queue is dropped and counts as done. Items that were taken are still owed.</item>
    /// </list>
    /// </summary>
    /// <param name="immediate">Drops what is in the queue.</param>
    public void Shutdown(bool immediate = false)
    {
        Waiter<VoidResult>? putters;
        Waiter<T>? getters;
        Waiter<VoidResult>? joiners;
        lock (_gate)
        {
            if (immediate)
            {
                var dropped = _items.Count;
                _items.Clear();
                _unfinished -= dropped;
            }

            _isShutDown = true;
            putters = _putters.TakeAll();
            getters = _getters.TakeAll();
            joiners = TakeJoiners();
        }

        Waiter<VoidResult>.FailAll(putters, static () => new QueueShutDownException());
        Waiter<T>.FailAll(getters, static () => new QueueShutDownException());
        Waiter<VoidResult>.CompleteAll(joiners, default);
    }

    /// <summary>Shuts the queue down at once: <c>Shutdown(immediate: true)</c>. Waits for no item.</summary>
    /// <returns>Complete.</returns>
    public ValueTask DisposeAsync()
    {
        Shutdown(immediate: true);
        return default;
    }

    /// <summary>Under the lock: all that wait for this zero.</summary>
    private Waiter<VoidResult>? TakeJoiners()
    {
        Debug.Assert(Monitor.IsEntered(_gate));
        return _unfinished == 0 ? _joiners.TakeAll() : null;
    }
}
