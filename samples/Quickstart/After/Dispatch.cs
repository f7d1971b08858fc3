using AsyncGuard;

namespace Quickstart.After;

public sealed class Dispatch(HttpClient http)
{
    public async Task<string> QuoteAsync(string carrier, CancellationToken cancellationToken)
    {
        var quote = http.GetStringAsync(carrier, cancellationToken);
        return await quote.WaitAsync(TimeSpan.FromMilliseconds(1000), cancellationToken);
    }

    public async Task BookAsync(string carrier, CancellationToken cancellationToken)
    {
        await Task.Run(async () => await http.DeleteAsync(Uri.EscapeDataString(carrier), cancellationToken));
    }

    public async Task<int> WeighAsync(string[] parcels, CancellationToken cancellationToken)
    {
        var weights = parcels.Select(parcel => http.GetStringAsync(parcel, cancellationToken)).ToList();
        await Task.WhenAll(weights);
        var total = 0;
        foreach (var weight in weights) total += int.Parse(await weight);
        return total;
    }

    public async Task CancelAsync(List<string> parcels, CancellationToken cancellationToken)
    {
        foreach (var parcel in parcels) await http.DeleteAsync(parcel, cancellationToken);
        await http.GetAsync("/cancelled", cancellationToken);
    }

    public async Task<string?> LabelAsync(string parcel)
    {
        using var reader = new StreamReader(parcel);
        return await reader.ReadLineAsync();
    }

    public async Task NotifyAsync(string[] customers, CancellationToken cancellationToken)
    {
        await using var scope = TaskGroup.Open(cancellationToken: cancellationToken);
        foreach (var customer in customers) _ = scope.Start(ct => http.DeleteAsync(customer, ct));
        await scope.JoinAsync();
    }
}
