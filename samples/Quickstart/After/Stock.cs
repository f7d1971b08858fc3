namespace Quickstart.After;

public sealed class Stock(Rates rates)
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private decimal _value;

    public async Task AddAsync(string currency, decimal amount, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _value += amount * await rates.GetAsync(currency, cancellationToken);
            _filled.TrySetResult();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<decimal> InEuroAsync(CancellationToken cancellationToken) => _value * await rates.GetAsync("EUR", cancellationToken);

    public Task WhenFilledAsync(CancellationToken cancellationToken) => _filled.Task.WaitAsync(cancellationToken);
}
