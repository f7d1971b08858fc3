using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>One wait in progress. Whatever ends it also detaches it from the tasks that continue.</summary>
internal sealed class TaskWaiter<TTask>(Task[] tasks, WaitUntil until) where TTask : Task
{
    private readonly TaskCompletionSource<VoidResult> _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _detach = new();

    // One more than there are tasks, until all are attached.
    private int _remaining = 1;

    public async Task<WaitResult<TTask>> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken token)
    {
        try
        {
            Attach();
            using var timer = limit == Timeout.InfiniteTimeSpan
                ? null
                : time.CreateTimer(static state => ((TaskWaiter<TTask>)state!)._enough.TrySetResult(default), this, limit,
                Timeout.InfiniteTimeSpan);
            using (token.Register(() => _enough.TrySetCanceled(token), useSynchronizationContext: false))
                await ((Task)_enough.Task).Inline();
            return new WaitResult<TTask>(tasks);
        }
        finally
        {
            _detach.Cancel();
            _detach.Dispose();
        }
    }

    private void Attach()
    {
        var detached = _detach.Token;
        foreach (var task in tasks)
        {
            Interlocked.Increment(ref _remaining);
            _ = task.ContinueWith(
                static (task, state) => ((TaskWaiter<TTask>)state!).Ended(task),
                this,
                detached,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        Release();
    }

    private void Ended(Task task)
    {
        if (TaskWait.Satisfies(task, until)) _enough.TrySetResult(default);
        Release();
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _remaining) == 0) _enough.TrySetResult(default);
    }
}
