using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>One piece of blocking work, and the source of the task for it.</summary>
/// <remarks>The work is a <see cref="Func{T}"/>, or an <see cref="Action"/> without a result.</remarks>
internal sealed class BlockingCall<T>(Delegate work, bool abandonOnCancel, CancellationToken token)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IBlockingCall
{
    private const int Waiting = 0;
    private const int Running = 1;
    private const int Dropped = 2;

    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private CancellationTokenRegistration _registration;
    private BlockingLimiter? _limiter;
    private BlockingFlow? _own;
    private BlockingFlow? _outer;
    private int _state;

    public IBlockingCall? Next { get; set; }

    public IBlockingCall? Previous { get; set; }

    public bool IsListed { get; set; }

    public bool IsDropped => Volatile.Read(ref _state) == Dropped;

    public BlockingFlow? Outer => _outer;

    public Task<T> Start(BlockingLimiter limiter)
    {
        _outer = BlockingFlow.WaitingOn(limiter);
        _own = new BlockingFlow(limiter, BlockingFlow.Current);
        if (token.CanBeCanceled)
        {
            _limiter = limiter;
#if NETSTANDARD2_0
            _registration = token.Register(static state => ((BlockingCall<T>)state!).Cancel(), this, useSynchronizationContext: false);
#else
            _registration = token.UnsafeRegister(static state => ((BlockingCall<T>)state!).Cancel(), this);
#endif
        }

        if (limiter.Queue(this)) limiter.Glance(Task);
        return Task;
    }

    public void Run()
    {
        if (Interlocked.CompareExchange(ref _state, Running, Waiting) != Waiting) return;
        _outer = null;
        if (_flow is not null)
        {
            // Which puts back what is changed inside.
            ExecutionContext.Run(_flow, static state => ((BlockingCall<T>)state!).Call(), this);
            return;
        }

        var before = BlockingFlow.Current;
        Call();
        BlockingFlow.Current = before;
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Dropped, Waiting) == Waiting) _limiter!.Remove(this);
        else if (!abandonOnCancel) return;
        TrySetCanceled(token);
    }

    private void Call()
    {
        BlockingFlow.Current = _own;
        try
        {
            var result = Work();
            End();
            TrySetResult(result);
        }
        catch (OperationCanceledException exception) when (token.IsCancellationRequested && exception.CancellationToken == token)
        {
            End();
            TrySetCanceled(token);
        }
        catch (Exception exception)
        {
            End();
            if (!TrySetException(exception)) Shield.Report(exception);
        }
    }

    private T Work()
    {
        if (work is Func<T> function) return function();
        ((Action)work)();
        return default!;
    }

    private void End()
    {
        _own!.HasEnded = true;
        // Does not wait for a callback that has already started: that one finds the work running, or the task complete.
#if NETSTANDARD2_0
        _registration.Dispose();
#else
        _registration.Unregister();
#endif
    }
}
