using System;

namespace AsyncGuard;

/// <summary>An <see cref="AsyncWorkQueue{T}"/> was shut down: it takes no more items, or has none left.</summary>
public sealed class QueueShutDownException : InvalidOperationException
{
    internal QueueShutDownException() : base("The queue has been shut down.")
    {
    }
}
