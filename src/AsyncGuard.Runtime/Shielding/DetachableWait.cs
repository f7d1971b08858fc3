#if NETSTANDARD2_0
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Waits for a task or a token, and leaves nothing attached to either: Task.WaitAsync for netstandard2.0.</summary>
internal static class DetachableWait
{
    public static Task<T> Start<T>(Task inner, CancellationToken waiter)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var detach = new CancellationTokenSource();
        var registration = waiter.Register(
            () =>
            {
                if (result.TrySetCanceled(waiter)) detach.Cancel();
            },
            useSynchronizationContext: false);
        _ = inner.ContinueWith(
            (task, _) =>
            {
                switch (task.Status)
                {
                    case TaskStatus.RanToCompletion:
                        result.TrySetResult(task is Task<T> finished ? finished.GetAwaiter().GetResult() : default!);
                        break;
                    case TaskStatus.Canceled:
                        result.TrySetCanceled(Tasks.CancellationOf(task).CancellationToken);
                        break;
                    default:
                        if (!result.Task.IsCompleted) result.TrySetException(task.Exception!.InnerExceptions);
                        break;
                }

                registration.Dispose();
            },
            null,
            detach.Token,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return result.Task;
    }
}
#endif
