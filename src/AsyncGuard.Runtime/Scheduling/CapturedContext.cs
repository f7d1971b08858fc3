using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Where the caller stands (context, scheduler, flow), to run something there later.</summary>
internal readonly struct CapturedContext
{
    private readonly SynchronizationContext? _context;
    private readonly TaskScheduler? _scheduler;
    private readonly ExecutionContext? _flow;

    private CapturedContext(SynchronizationContext? context, TaskScheduler? scheduler, ExecutionContext? flow)
    {
        _context = context;
        _scheduler = scheduler;
        _flow = flow;
    }

    public static CapturedContext Capture()
    {
        var context = SynchronizationContext.Current;
        if (context is not null && context.GetType() == typeof(SynchronizationContext))
            context = null;
        var scheduler = context is null && TaskScheduler.Current != TaskScheduler.Default ? TaskScheduler.Current : null;
        return new CapturedContext(context, scheduler, ExecutionContext.Capture());
    }

    /// <summary>Queues the call: never runs it inside this method (unless the context itself does). A context that refuses, because its
    /// thread has gone, is replaced by the thread pool.</summary>
    public void Queue(Action call)
    {
        var run = InFlow(call);
        try
        {
            if (_context is not null)
            {
                _context.Post(static state => ((Action)state!)(), run);
                return;
            }
            if (_scheduler is not null)
            {
                new Task(run, TaskCreationOptions.DenyChildAttach).Start(_scheduler);
                return;
            }
        }
        catch (Exception)
        {
            // Whatever it says: the call must run somewhere, or its group waits for ever.
        }
        ThreadPool.UnsafeQueueUserWorkItem(static state => ((Action)state!)(), run);
    }

    private Action InFlow(Action call)
    {
        var flow = _flow;
        return flow is null ? call : () => ExecutionContext.Run(flow, static state => ((Action)state!)(), call);
    }
}
