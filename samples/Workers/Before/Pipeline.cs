using System.Threading.Channels;

namespace Workers.Before;

/// <summary>
/// Workers behind an unlimited buffer, and without an owner: no one waits for them, and no one hears of it when one fails.
/// </summary>
public sealed class Pipeline(Func<Order, Task> handle)
{
    private readonly Channel<Order> _orders = Channel.CreateUnbounded<Order>(); // AGD0502
    private readonly CancellationTokenSource _stopping = new();
    private int _done;

    public int Waiting => _orders.Reader.Count;

    public async Task RunAsync(IAsyncEnumerable<Order> orders, int workers)
    {
        for (var i = 0; i < workers; i++)
            _ = WorkAsync();                                                // AGD0202

        var count = 0;
        await foreach (var order in orders)
        {
            await _orders.Writer.WriteAsync(order);
            count++;
        }

        while (_done < count)                                               // AGD0109
            await Task.Delay(10);
        _stopping.Cancel();
    }

    private async Task WorkAsync()
    {
        await foreach (var order in _orders.Reader.ReadAllAsync(_stopping.Token))
        {
            await handle(order);
            Interlocked.Increment(ref _done);
        }
    }
}
