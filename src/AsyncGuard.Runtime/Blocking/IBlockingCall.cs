namespace AsyncGuard;

/// <summary>One piece of blocking work that waits for a thread.</summary>
internal interface IBlockingCall
{
    /// <summary>The next in the line; guarded by the limiter's lock.</summary>
    IBlockingCall? Next { get; set; }

    /// <summary>The one before it in its line; guarded by the limiter's lock.</summary>
    IBlockingCall? Previous { get; set; }

    /// <summary>It is in a line; guarded by the limiter's lock.</summary>
    bool IsListed { get; set; }

    /// <summary>Cancelled before a thread took it up: it is not to be run.</summary>
    bool IsDropped { get; }

    /// <summary>The work of the same limiter that queued it and may be waiting for it; null where there is none.</summary>
    BlockingFlow? Outer { get; }

    /// <summary>Runs it. Keeps its exceptions to itself.</summary>
    void Run();
}
