using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Workers that take items from a queue until it is shut down and empty; a group that stops shuts it down.</summary>
internal sealed class QueueWorkers<T>(AsyncWorkQueue<T> queue, Func<T, CancellationToken, Task> handler, int workers) : WorkerPool(workers)
{
    // Items may come later: each worker waits for them by itself.
    protected override bool HasEnded => false;

    protected override async Task WorkAsync(CancellationToken token)
    {
        BringAnother();
        while (true)
        {
            T item;
            try
            {
                var get = queue.GetAsync(token);
                item = get.IsCompleted ? await get : await AsyncItems.Moved(get.AsTask()).Inline();
            }
            catch (QueueShutDownException)
            {
                return;
            }

            var call = AmbientContext.Invoke(static (call, token) => call.handler(call.item, token), (handler, item), token);
            if (!call.IsCompleted) await new WithoutThrowing(call);
            var succeeded = Succeeded(call);
            queue.TaskDone();
            if (!succeeded) return;
        }
    }

    protected override Task EndAsync()
    {
        if (Group.IsCancellationRequested) queue.Shutdown(immediate: true);
        return Task.CompletedTask;
    }
}
