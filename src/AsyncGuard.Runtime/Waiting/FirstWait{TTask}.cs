using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A wait for the first of several tasks that a time-out or a token can end: these are one more task among them.
/// </summary>
internal sealed class FirstWait<TTask>(Task[] tasks) : CompletionHook where TTask : Task
{
    private readonly TaskCompletionSource<WaitResult<TTask>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _stop = new(Continuations.RunInline);
    private Task<Task>? _first;
    private ITimer? _timer;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    public Task<WaitResult<TTask>> Start(TimeSpan limit, TimeProvider time, CancellationToken token)
    {
        var all = new Task[tasks.Length + 1];
        tasks.CopyTo(all, 0);
        all[tasks.Length] = _stop.Task;
        _first = Task.WhenAny(all);
        _token = token;
        try
        {
            if (limit != Timeout.InfiniteTimeSpan)
                _timer = time.CreateTimer(static state => ((FirstWait<TTask>)state!).Stop(isCanceled: false), this, limit,
                    Timeout.InfiniteTimeSpan);
        }
        catch (Exception exception)
        {
            // The clock's. Nothing stays on the tasks.
            Stop(isCanceled: false);
            return Tasks.Failed<WaitResult<TTask>>(exception);
        }

        _registration = token.Register(static state => ((FirstWait<TTask>)state!).Stop(isCanceled: true), this,
            useSynchronizationContext: false);
        Attach(_first);
        return _result.Task;
    }

    protected override void Completed()
    {
        _timer?.Dispose();
#if NETSTANDARD2_0
        _registration.Dispose();
#else
        _registration.Unregister();
#endif
        if (_stop.Task is { IsCompleted: true, Result: true } stopped && _first is { IsCompleted: true, Result: var first }
            && first == stopped)
            _result.TrySetCanceled(_token);
        else _result.TrySetResult(new WaitResult<TTask>(tasks));
    }

    private void Stop(bool isCanceled) => _stop.TrySetResult(isCanceled);
}
