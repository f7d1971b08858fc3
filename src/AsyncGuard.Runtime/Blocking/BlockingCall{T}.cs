using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>One piece of blocking work.</summary>
internal sealed class BlockingCall<T>(Func<T> work, bool abandonOnCancel)
{
    private const int Waiting = 0;
    private const int Running = 1;
    private const int Dropped = 2;

    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private CancellationToken _token;
    private int _state;

    public Task<T> Start(BlockingLimiter limiter, CancellationToken token)
    {
        _token = token;
        if (token.CanBeCanceled)
        {
            var registration = token.Register(static state => ((BlockingCall<T>)state!).Cancel(), this, useSynchronizationContext: false);
            _ = _result.Task.ContinueWith(
                static (_, state) => ((CancellationTokenRegistration)state!).Dispose(),
                registration,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
        limiter.Queue(Run);
        return _result.Task;
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Dropped, Waiting) == Waiting || abandonOnCancel)
            _result.TrySetCanceled(_token);
    }

    private void Run()
    {
        if (Interlocked.CompareExchange(ref _state, Running, Waiting) != Waiting)
            return;
        if (_flow is null)
            Call();
        else
            ExecutionContext.Run(_flow, static state => ((BlockingCall<T>)state!).Call(), this);
    }

    private void Call()
    {
        try
        {
            _result.TrySetResult(work());
        }
        catch (OperationCanceledException exception) when (_token.IsCancellationRequested && exception.CancellationToken == _token)
        {
            _result.TrySetCanceled(_token);
        }
        catch (Exception exception)
        {
            if (!_result.TrySetException(exception))
                Shield.Report(exception);
        }
    }
}
