using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Quickstart.Before;

public sealed class Market(HttpClient http)
{
    [ThreadStatic]
    private static string? _trader;

    private readonly Channel<string> _orders = Channel.CreateUnbounded<string>(); // AGD0502

    public async Task<int> FillAsync(Stream stream, byte[] buffer)
    {
        var read = stream.ReadAsync(buffer.AsMemory());
        if (await read == 0) return 0;
        return await read;                                                 // AGD0403
    }

    public Task<int> OpenAsync(Action<Action<string>> subscribe)
    {
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously); // AGD0404
        subscribe(line =>
        {
            var price = int.Parse(line);
            first.TrySetResult(price);
        });
        return first.Task;
    }

    public async Task SignAsync(string trader, string path)
    {
        _trader = trader;
        await File.WriteAllTextAsync(path, "signed");
        Console.WriteLine($"Signed by {_trader}");                         // AGD0405
    }

    public async Task<decimal[]?> PricesAsync()
    {
        using var response = await http.GetAsync("/prices");
        var text = await response.Content.ReadAsStringAsync();             // AGD0503
        return JsonSerializer.Deserialize<decimal[]>(text);
    }

    public async Task ListenAsync(WebSocket socket)
    {
        var buffer = new byte[1024];
        while (socket.State == WebSocketState.Open)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None); // AGD0504
            await _orders.Writer.WriteAsync(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
    }

    public async Task TradeAsync(TextWriter log)
    {
        await foreach (var order in _orders.Reader.ReadAllAsync()) await log.WriteLineAsync(order);
    }
}
