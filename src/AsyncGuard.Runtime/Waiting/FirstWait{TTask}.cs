using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A wait for the first of several tasks. <see cref="Task.WhenAny(Task[])"/> attaches to each of them without an object and takes itself
/// off the others; a time-out and a token are one more task among them.
/// </summary>
internal sealed class FirstWait<TTask>(TTask[] tasks) : CompletionHook where TTask : Task
{
    private readonly TaskCompletionSource<WaitResult<TTask>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<Task>? _first;
    private TaskCompletionSource<bool>? _stop;
    private ITimer? _timer;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;

    public Task<WaitResult<TTask>> Start(TimeSpan limit, TimeProvider time, CancellationToken token)
    {
        if (limit == Timeout.InfiniteTimeSpan && !token.CanBeCanceled)
        {
            _first = Task.WhenAny(tasks);
        }
        else
        {
            _stop = new TaskCompletionSource<bool>(Continuations.RunInline);
            var all = new Task[tasks.Length + 1];
            tasks.CopyTo(all, 0);
            all[tasks.Length] = _stop.Task;
            _first = Task.WhenAny(all);
            _token = token;
            if (limit != Timeout.InfiniteTimeSpan)
                _timer = time.CreateTimer(static state => ((FirstWait<TTask>)state!).Stop(isCanceled: false), this, limit,
                    Timeout.InfiniteTimeSpan);
            _registration = token.Register(static state => ((FirstWait<TTask>)state!).Stop(isCanceled: true), this,
                useSynchronizationContext: false);
        }
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
        if (_stop is { Task: { IsCompleted: true, Result: true } stopped } && _first is { IsCompleted: true, Result: var first }
            && first == stopped)
            _result.TrySetCanceled(_token);
        else
            _result.TrySetResult(new WaitResult<TTask>(tasks));
    }

    private void Stop(bool isCanceled) => _stop!.TrySetResult(isCanceled);
}
