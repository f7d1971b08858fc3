using System.Net.WebSockets;
using AsyncGuard;

namespace LongPolling.After;

/// <summary>
/// Each socket is a task group of its own, closed by the handshake; when the service stops, everyone gets the last message first.
/// </summary>
internal sealed class Service : IService
{
    private readonly Board _board = new();
    private int _clients;

    public int Clients => _clients;

    public void Publish(string text) => _board.Publish(text);

    public async Task<Message> NextAsync(int seen, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _clients);
        try
        {
            return (await _board.NextAsync(seen, cancellationToken)).Message;
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    public async Task ServeAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _clients);
        try
        {
            await TaskGroup.RunAsync(
                async group =>
                {
                    _ = group.Start(ct => SendAsync(socket, ct));
                    await ReceiveUntilCloseAsync(socket, group.CancellationToken);
                    group.Cancel(); // the client wants no more messages
                },
                cancellationToken);

            // The client has closed first: the handshake is complete when this side has closed too.
            if (socket.State == WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, stopping);
        }
        finally
        {
            // The token is cancelled by now. The drain continues for up to 30 seconds nevertheless.
            await Shield.CompleteAsync(DrainAsync, stopping, grace: TimeSpan.FromSeconds(30));
        }
    }

    private static async Task ReceiveUntilCloseAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        // Clients say nothing but goodbye.
        var buffer = new byte[64];
        while ((await socket.ReceiveAsync(buffer, cancellationToken)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    private async Task SendAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var seen = 0;
        while (true)
        {
            var entry = await _board.NextAsync(seen, cancellationToken);
            await socket.SendAsync(entry.Json, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            seen = entry.Message.Version;
            if (!entry.Message.IsLast) continue;

            // Only this direction: the client's own close is what the receiver waits for.
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "stopping", cancellationToken);
            return;
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        _board.Publish("stopping", isLast: true);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Clients > 0 && await timer.WaitForNextTickAsync(cancellationToken))
        {
        }
    }
}
