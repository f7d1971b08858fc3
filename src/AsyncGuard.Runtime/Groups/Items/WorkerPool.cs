using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A few workers that serve one group, as its body: they run on the thread pool, because work that does not suspend is to run side by side
/// and not on the caller; on an event loop they stay there. Each brings the next one along, so that no more are made than there is work
/// for.
/// </summary>
internal abstract class WorkerPool(int workers)
{
    private readonly TaskCompletionSource<VoidResult> _ended = new(Continuations.RunInline);
    private int _started;
    private int _running;

    protected TaskGroup Group { get; private set; } = null!;

    /// <summary>The group's body: ends after all workers. What they fail with is the group's already.</summary>
    public Task RunAsync(TaskGroup group)
    {
        Group = group;
        _running = 1;
        if (SynchronizationContext.Current is IKeepsContinuations)
        {
            _started = workers;
            for (var i = 0; i < workers && !HasEnded; i++)
            {
                Interlocked.Increment(ref _running);
                Serve();
            }

            Leave();
        }
        else
        {
            _started = 1;
            Launch();
        }

        return _ended.Task;
    }

    /// <summary>There is no more work: no use to make another worker.</summary>
    protected abstract bool HasEnded { get; }

    /// <summary>Serves until there is no more work. What it throws is an error of the group.</summary>
    protected abstract Task WorkAsync(CancellationToken token);

    /// <summary>After the last worker has ended.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    /// <summary>Called by a worker that has got work: there may be more of it.</summary>
    protected void BringAnother()
    {
        if (Volatile.Read(ref _started) >= workers || Interlocked.Increment(ref _started) > workers) return;
        Interlocked.Increment(ref _running);
        Launch();
    }

    /// <summary>Takes note of work that has ended. False: it has failed, and the worker ends with it.</summary>
    protected bool Succeeded(Task work)
    {
        if (Tasks.HasSucceeded(work)) return true;
        Group.Observe(work, record: null);
        return false;
    }

    private void Launch()
    {
#if NETSTANDARD2_0
        ThreadPool.QueueUserWorkItem(static pool => ((WorkerPool)pool!).Serve(), this);
#else
        ThreadPool.QueueUserWorkItem(static pool => pool.Serve(), this, preferLocal: false);
#endif
    }

    private void Serve()
    {
        var work = AmbientContext.Invoke(static (pool, token) => pool.WorkAsync(token), this, Group.CancellationToken);
        if (work.IsCompleted) Finish(work);
        else new WithoutThrowing(work).OnCompleted(() => Finish(work));
    }

    private void Finish(Task work)
    {
        Succeeded(work);
        Leave();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _running) != 0) return;
        var end = AmbientContext.Invoke(static (pool, _) => pool.EndAsync(), this, true);
        if (end.IsCompleted) End(end);
        else new WithoutThrowing(end).OnCompleted(() => End(end));
    }

    private void End(Task end)
    {
        Succeeded(end);
        _ended.TrySetResult(default);
    }
}
