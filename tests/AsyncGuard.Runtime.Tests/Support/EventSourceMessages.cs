using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Linq;

namespace AsyncGuard.Support;

/// <summary>What the library writes to its event source. Tests tell their messages apart by names of their own.</summary>
internal sealed class EventSourceMessages : EventListener
{
    private readonly ConcurrentQueue<string> _messages = new();

    /// <summary>The payloads, joined by a bar.</summary>
    public string[] Containing(string text) => [.. _messages.Where(message => message.Contains(text, System.StringComparison.Ordinal))];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "AsyncGuard") EnableEvents(eventSource, EventLevel.Verbose);
    }

    // May be called before the constructor has run.
    protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
        _messages?.Enqueue(string.Join("|", eventData.Payload ?? new([])));
}
