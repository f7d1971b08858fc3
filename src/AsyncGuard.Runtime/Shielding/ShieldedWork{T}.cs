using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Running work whose caller may stop waiting, and the source of the task for that wait: the one continuation that the work needs.
/// Counted until the end of the work, and reported if it then fails and no code waits any more.
/// </summary>
internal sealed class ShieldedWork<T>(Task work) : TaskCompletionSource<T>(Continuations.RunInline)
{
    private CancellationTokenRegistration _registration;

    public Task<T> Start(CancellationToken token)
    {
        Shield.Begin();
        if (token.CanBeCanceled)
        {
#if NETSTANDARD2_0
            _registration = token.Register(() => TrySetCanceled(token), useSynchronizationContext: false);
#else
            _registration = token.UnsafeRegister(
                static (wait, token) => ((ShieldedWork<T>)wait!).TrySetCanceled(token), this);
#endif
        }

        if (Continuations.StayHere) Continuations.Attach(work, Ended);
        else work.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Ended);
        return Task;
    }

    private void Ended()
    {
        Shield.End();
#if NETSTANDARD2_0
        _registration.Dispose();
#else
        _registration.Unregister();
#endif
        switch (work.Status)
        {
            case TaskStatus.RanToCompletion:
                TrySetResult(work is Task<T> finished ? Tasks.ResultOf(finished) : default!);
                break;
            case TaskStatus.Canceled:
                if (!Task.IsCompleted) PassOn(Tasks.CancellationOf(work));
                break;
            default:
                var errors = work.Exception!.InnerExceptions;
                if (TrySetException(errors)) break;
                foreach (var error in errors) Shield.Report(error);
                break;
        }
    }

    /// <summary>A cancellation that says more than that it is one is passed on as an exception: nothing else keeps what it says.</summary>
    private void PassOn(OperationCanceledException cancellation)
    {
        var isPlain = cancellation.InnerException is null
            && (cancellation.GetType() == typeof(OperationCanceledException) || cancellation.GetType() == typeof(TaskCanceledException));
        if (isPlain) TrySetCanceled(cancellation.CancellationToken);
        else TrySetException(cancellation);
    }
}
