using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard.Support;

/// <summary>A context with one thread, which is blocked: nothing that is posted there ever runs.</summary>
internal sealed class BlockedContext : SynchronizationContext
{
    private int _posts;

    public int Posts => Volatile.Read(ref _posts);

    public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posts);

    /// <summary>Calls on a thread of this context, and blocks it until the task has ended.</summary>
    public static void Run(Func<Task> call)
    {
        var context = new BlockedContext();
        Exception? error = null;
        var thread = new Thread(() =>
        {
            SetSynchronizationContext(context);
            try
            {
                if (!call().Wait(HangGuard.Limit))
                    error = new InvalidOperationException($"Deadlock: {context.Posts} callbacks wait for the blocked thread.");
            }
            catch (Exception exception)
            {
                error = exception;
            }
        })
        { IsBackground = true };
        thread.Start();
        thread.Join();
        if (error is not null) throw new InvalidOperationException(error.Message, error);
    }
}
