using System.Threading;

namespace AsyncGuard.Support;

/// <summary>A context that counts who calls into it, and runs what is posted on the thread pool.</summary>
internal sealed class CountingContext : SynchronizationContext
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _calls);
        ThreadPool.QueueUserWorkItem(_ => d(state));
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _calls);
        d(state);
    }
}
