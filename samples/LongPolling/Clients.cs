using System.Net.WebSockets;
using System.Text.Json;

namespace LongPolling;

/// <summary>What the clients have seen.</summary>
public sealed record Tally(int Messages, int PollsEnded, int ClosedByHandshake, int BrokenOff);

/// <summary>Long-polling clients and clients with a socket. They end when the service says goodbye, or breaks off.</summary>
internal sealed class Clients(HttpClient http, Uri polling, Uri sockets) : IDisposable
{
    // A few at a time: all at once the queue of connections that the system keeps would overflow.
    private readonly SemaphoreSlim _connecting = new(100);
    private int _messages;
    private int _pollsEnded;
    private int _closed;
    private int _brokenOff;

    public Tally Tally => new(_messages, _pollsEnded, _closed, _brokenOff);

    public async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var seen = 0; ;)
            {
                var message = await http.GetFromJsonAsync<Message>(new Uri(polling, $"poll/{seen}"), cancellationToken);
                Interlocked.Increment(ref _messages);
                seen = message!.Version;
                if (message.IsLast) break;
            }

            Interlocked.Increment(ref _pollsEnded);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            Interlocked.Increment(ref _brokenOff);
        }
    }

    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        try
        {
            await _connecting.WaitAsync(cancellationToken);
            try
            {
                await socket.ConnectAsync(new Uri(sockets, "socket"), cancellationToken);
            }
            finally
            {
                _connecting.Release();
            }

            var buffer = new byte[256];
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close) break;
                if (received.EndOfMessage) Interlocked.Increment(ref _messages);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
            Interlocked.Increment(ref _closed);
        }
        catch (WebSocketException)
        {
            Interlocked.Increment(ref _brokenOff);
        }
    }

    public void Dispose() => _connecting.Dispose();
}
