using System.Threading;

namespace AsyncGuard;

/// <summary>Begins threads of the library's own.</summary>
internal static class OwnThread
{
    /// <summary>Without the caller's execution context, which the thread would keep for as long as it lives.</summary>
    public static void Start(Thread thread)
    {
#if NETSTANDARD2_0
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow()) thread.Start();
#else
        thread.UnsafeStart();
#endif
    }
}
