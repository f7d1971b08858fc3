using System.Net.WebSockets;

namespace LongPolling;

/// <summary>What both forms of the service do.</summary>
internal interface IService
{
    /// <summary>How many clients are connected or wait for a message.</summary>
    int Clients { get; }

    void Publish(string text);

    /// <summary>Long polling: the first message after the one that the client has seen.</summary>
    Task<Message> NextAsync(int seen, CancellationToken cancellationToken);

    /// <summary>All that happens on one socket.</summary>
    Task ServeAsync(WebSocket socket, CancellationToken cancellationToken);

    /// <summary>Runs until the service stops, and ends its connections.</summary>
    Task RunAsync(CancellationToken stopping);
}
