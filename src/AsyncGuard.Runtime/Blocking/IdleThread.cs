using System;
using System.Diagnostics;
using System.Threading;

namespace AsyncGuard;

/// <summary>A thread of a pool that waits for work; each is woken by itself, the last one to go to sleep first.</summary>
internal sealed class IdleThread
{
    private readonly object _gate = new();
    private bool _isWoken;

    /// <summary>The next in the pool's stack; guarded by the pool's lock.</summary>
    public IdleThread? Next;

    /// <summary>It sleeps, and has not been chosen yet; guarded by the pool's lock.</summary>
    public bool IsListed;

    /// <summary>It has looked for work once since it was made; guarded by the pool's lock.</summary>
    public bool HasArrived;

    /// <summary>False: it has not been woken for that long.</summary>
    public bool Sleep(TimeSpan limit)
    {
        Debug.Assert(!Monitor.IsEntered(_gate));
        lock (_gate)
        {
            var isWoken = _isWoken || Monitor.Wait(_gate, limit) || _isWoken;
            _isWoken = false;
            return isWoken;
        }
    }

    /// <summary>Also for one that is not asleep yet.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.Pulse(_gate);
        }
    }
}
