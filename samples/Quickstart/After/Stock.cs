namespace Quickstart.After;

public sealed class Stock(Rates rates)
{
    private readonly SemaphoreSlim _gate = new(1);
    private decimal _value;

    public async Task AddAsync(string currency, decimal amount, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _value += amount * await rates.GetAsync(currency, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<decimal> InEuroAsync(CancellationToken cancellationToken) => _value * await rates.GetAsync("EUR", cancellationToken);
}
