using AsyncGuard;

namespace Quickstart.Before;

public sealed class Dispatch(HttpClient http)
{
    public async Task<string> QuoteAsync(string carrier, CancellationToken cancellationToken)
    {
        var quote = http.GetStringAsync(carrier, cancellationToken);
        if (await Task.WhenAny(quote, Task.Delay(1000, cancellationToken)) != quote) // AGD0208
            throw new TimeoutException();
        return await quote;
    }

    public async Task BookAsync(string carrier, CancellationToken cancellationToken)
    {
        await Task.Factory.StartNew(async () => await http.DeleteAsync(Uri.EscapeDataString(carrier), cancellationToken)); // AGD0209
    }

    public async Task<int> WeighAsync(string[] parcels, CancellationToken cancellationToken)
    {
        var weights = parcels.Select(parcel => http.GetStringAsync(parcel, cancellationToken));
        await Task.WhenAll(weights);
        var total = 0;
        foreach (var weight in weights)                                    // AGD0212
            total += int.Parse(await weight);
        return total;
    }

    public async Task CancelAsync(List<string> parcels, CancellationToken cancellationToken)
    {
        parcels.ForEach(async parcel => await http.DeleteAsync(parcel, cancellationToken)); // AGD0204
        await http.GetAsync("/cancelled", cancellationToken);
    }

    public Task<string?> LabelAsync(string parcel)
    {
        using var reader = new StreamReader(parcel);
        return reader.ReadLineAsync();                                     // AGD0210
    }

    public async Task NotifyAsync(string[] customers, CancellationToken cancellationToken)
    {
        await using var scope = TaskGroup.Open(cancellationToken: cancellationToken); // AGD0213
        foreach (var customer in customers) _ = scope.Start(ct => http.DeleteAsync(customer, ct));
    }
}
