using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Quickstart.After;

public sealed class Market(HttpClient http)
{
    private static readonly AsyncLocal<string?> Trader = new();

    private readonly Channel<string> _orders = Channel.CreateBounded<string>(1000);

    public async Task<int> FillAsync(Stream stream, byte[] buffer)
    {
        var read = stream.ReadAsync(buffer.AsMemory()).Preserve();
        if (await read == 0) return 0;
        return await read;
    }

    public Task<int> OpenAsync(Action<Action<string>> subscribe)
    {
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        subscribe(line =>
        {
            try
            {
                var price = int.Parse(line);
                first.TrySetResult(price);
            }
            catch (Exception exception)
            {
                first.TrySetException(exception);
            }
        });
        return first.Task;
    }

    public async Task SignAsync(string trader, string path)
    {
        Trader.Value = trader;
        await File.WriteAllTextAsync(path, "signed");
        Console.WriteLine($"Signed by {Trader.Value}");
    }

    public async Task<decimal[]?> PricesAsync()
    {
        using var response = await http.GetAsync("/prices");
        return await response.Content.ReadFromJsonAsync<decimal[]>(JsonSerializerOptions.Default);
    }

    public async Task ListenAsync(WebSocket socket)
    {
        var buffer = new byte[1024];
        using var order = new MemoryStream();
        while (socket.State == WebSocketState.Open)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            order.Write(buffer, 0, received.Count);
            if (!received.EndOfMessage) continue;
            await _orders.Writer.WriteAsync(Encoding.UTF8.GetString(order.GetBuffer(), 0, (int)order.Length));
            order.SetLength(0);
        }
    }

    public async Task TradeAsync(TextWriter log)
    {
        await foreach (var order in _orders.Reader.ReadAllAsync()) await log.WriteLineAsync(order);
    }
}
