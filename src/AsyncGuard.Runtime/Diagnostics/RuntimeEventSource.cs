using System.Diagnostics.Tracing;

namespace AsyncGuard;

/// <summary>The event source <c>AsyncGuard</c>.</summary>
[EventSource(Name = "AsyncGuard")]
internal sealed class RuntimeEventSource : EventSource
{
    public static readonly RuntimeEventSource Log = new();

    private RuntimeEventSource()
    {
    }

    [Event(1, Level = EventLevel.Warning, Message = "{0}")]
    public void SlowCallback(string message)
    {
        if (IsEnabled()) WriteEvent(1, message);
    }

    [Event(2, Level = EventLevel.Warning, Message = "{0}")]
    public void BlockingWait(string message)
    {
        if (IsEnabled()) WriteEvent(2, message);
    }

    [Event(3, Level = EventLevel.Warning, Message = "{0}")]
    public void ThreadPoolStarved(string message)
    {
        if (IsEnabled()) WriteEvent(3, message);
    }

    [Event(4, Level = EventLevel.Warning, Message = "{0}")]
    public void StuckChildren(string message)
    {
        if (IsEnabled()) WriteEvent(4, message);
    }

    [Event(5, Level = EventLevel.Error, Message = "Unobserved error in group '{0}': {1}")]
    public void UnobservedChildException(string group, string exception)
    {
        if (IsEnabled()) WriteEvent(5, group, exception);
    }

    [Event(6, Level = EventLevel.Error, Message = "Abandoned error: {0}")]
    public void AbandonedException(string exception)
    {
        if (IsEnabled()) WriteEvent(6, exception);
    }
}
