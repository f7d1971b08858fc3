using System.Threading;

namespace AsyncGuard;

/// <summary>
/// Blocking work that is running, as seen from what it calls: work of the same pool that is queued from there may be what it waits for.
/// Flows with the execution context, so also through asynchronous code.
/// </summary>
internal sealed class BlockingFlow(BlockingLimiter limiter, BlockingFlow? outer)
{
    private static readonly AsyncLocal<BlockingFlow?> Ambient = new();

    public static BlockingFlow? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The work has ended: nothing that it left behind is waited for by it.</summary>
    public volatile bool HasEnded;

    /// <summary>A thread beyond the limit runs on its behalf; guarded by the limiter's lock.</summary>
    public bool HasExtraThread;

    /// <summary>The work of this limiter that is waiting or may be, nearest first; null where there is none.</summary>
    public static BlockingFlow? WaitingOn(BlockingLimiter limiter)
    {
        for (var flow = Current; flow is not null; flow = flow.Outer)
        {
            if (flow.Limiter == limiter && !flow.HasEnded) return flow;
        }

        return null;
    }

    private BlockingLimiter Limiter => limiter;

    private BlockingFlow? Outer => outer is { HasEnded: true } ? outer.Outer : outer;
}
