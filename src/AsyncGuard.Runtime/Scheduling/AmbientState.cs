#if !NETSTANDARD2_0
using System.Threading;
#endif

namespace AsyncGuard;

/// <summary>
/// The caller's flow and context, to be put back after a call: what <see cref="AmbientContext"/> does, for code that would need a state
/// machine of a generic type for that.
/// </summary>
internal readonly struct AmbientState
{
#if NETSTANDARD2_0
    public static bool TryCapture(out AmbientState state)
    {
        state = default;
        return false;
    }

    public void PutBack()
    {
        // Never captured.
    }
#else
    private readonly ExecutionContext _flow;
    private readonly SynchronizationContext? _context;

    private AmbientState(ExecutionContext flow, SynchronizationContext? context)
    {
        _flow = flow;
        _context = context;
    }

    /// <summary>False: the flow is suppressed, and could not be put back so.</summary>
    public static bool TryCapture(out AmbientState state)
    {
        if (ExecutionContext.Capture() is not { } flow)
        {
            state = default;
            return false;
        }

        state = new AmbientState(flow, SynchronizationContext.Current);
        return true;
    }

    /// <summary>On the thread that captured it.</summary>
    public void PutBack()
    {
        SynchronizationContext.SetSynchronizationContext(_context);
        if (ExecutionContext.Capture() != _flow) ExecutionContext.Restore(_flow);
    }
#endif
}
