using System.Net.WebSockets;
using System.Text;

namespace LongPolling.Before;

/// <summary>Clients look again and again for a message, sockets have no owner, and no one closes them.</summary>
internal sealed class Service : IService
{
    private readonly List<WebSocket> _sockets = [];
    private volatile Message _latest = new(0, "", false);
    private volatile int _version;
    private int _clients;

    public int Clients => _clients;

    public void Publish(string text)
    {
        _latest = new Message(_version + 1, text, false);
        _version++;
    }

    public async Task<Message> NextAsync(int seen, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _clients);
        while (_version <= seen)                                            // AGD0109
            await Task.Delay(100, cancellationToken);
        Interlocked.Decrement(ref _clients);
        return _latest;
    }

    public async Task ServeAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        lock (_sockets) _sockets.Add(socket);
        _ = SendAsync(socket, cancellationToken);                           // AGD0202
        var buffer = new byte[256];
        while (socket.State == WebSocketState.Open)
        {
            var received = await socket.ReceiveAsync(buffer, cancellationToken); // AGD0504
            Console.WriteLine(Encoding.UTF8.GetString(buffer, 0, received.Count));
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
            await CloseAsync(stopping);                                     // AGD0306
        }
    }

    private async Task SendAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        for (var seen = 0; ;)
        {
            var message = await NextAsync(seen, cancellationToken);
            await socket.SendAsync(message.ToJson(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            seen = message.Version;
        }
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var socket in _sockets) await socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "stopping", cancellationToken);
    }
}
