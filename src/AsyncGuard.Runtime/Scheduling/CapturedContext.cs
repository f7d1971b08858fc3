using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Where the caller stands (context, scheduler, flow), to run something there later.</summary>
internal sealed class CapturedContext
{
    private readonly SynchronizationContext? _context;
    private readonly TaskScheduler? _scheduler;

    private CapturedContext(SynchronizationContext? context, TaskScheduler? scheduler, ExecutionContext? flow)
    {
        _context = context;
        _scheduler = scheduler;
        Flow = flow;
    }

    public ExecutionContext? Flow { get; }

    /// <summary>
    /// A <see cref="CapturedContext"/>; on the thread pool the <see cref="ExecutionContext"/> alone, or null where that does not flow.
    /// </summary>
    public static object? Capture()
    {
        var flow = ExecutionContext.Capture();
        var context = SynchronizationContext.Current;
        if (context is not null && context.GetType() != typeof(SynchronizationContext))
            return new CapturedContext(context, scheduler: null, flow);
        return TaskScheduler.Current == TaskScheduler.Default ? flow : new CapturedContext(context: null, TaskScheduler.Current, flow);
    }

    /// <summary>Queues the call: never runs it inside this method (unless the context itself does). A context that refuses, because its
    /// thread has gone, is replaced by the thread pool.</summary>
    public void Queue(Action call)
    {
        try
        {
            if (_context is not null) _context.Post(static state => ((Action)state!)(), call);
            else new Task(call, TaskCreationOptions.DenyChildAttach).Start(_scheduler!);
        }
        catch (Exception)
        {
            // Whatever it says: the call must run somewhere, or its group waits for ever.
            ThreadPool.UnsafeQueueUserWorkItem(static state => ((Action)state!)(), call);
        }
    }
}
