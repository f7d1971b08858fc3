#if NETSTANDARD2_0
using System.Threading;

namespace AsyncGuard;

/// <summary>A waiter and its token, for a callback that does not receive the token.</summary>
internal sealed class WaiterCancellation<T>(Waiter<T> waiter, CancellationToken token)
{
    public Waiter<T> Waiter => waiter;

    public CancellationToken Token => token;
}
#endif
