namespace Workers;

/// <summary>Handles orders, and counts how many are handled at once.</summary>
internal sealed class Load
{
    private readonly Lock _gate = new();
    private int _atOnce;

    public int MostAtOnce { get; private set; }

    public async Task HandleAsync(Order order, CancellationToken cancellationToken)
    {
        lock (_gate) MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
        try
        {
            await Task.Delay(order.Duration, cancellationToken);
        }
        finally
        {
            lock (_gate) _atOnce--;
        }
    }

    public async Task HandleOrFailAsync(Order order, CancellationToken cancellationToken)
    {
        await HandleAsync(order, cancellationToken);
        if (order.Number == 7) throw new InvalidOperationException($"order {order.Number} has no address");
    }
}
