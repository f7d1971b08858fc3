namespace Quickstart.Before;

public sealed class Stock(Rates rates)
{
    private readonly object _gate = new();
    private decimal _value;

    public async Task AddAsync(string currency, decimal amount, CancellationToken cancellationToken)
    {
        Monitor.Enter(_gate);                                              // AGD0107
        try
        {
            _value += amount * await rates.GetAsync(currency, cancellationToken);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    public decimal InEuro()
    {
        var rate = rates.GetAsync("EUR", CancellationToken.None);
        return _value * rate.Result;                                       // AGD0108
    }

    public async Task WhenFilledAsync(CancellationToken cancellationToken)
    {
        while (_value == 0)                                                // AGD0109
            await Task.Delay(50, cancellationToken);
    }
}
