namespace Quickstart.After;

public sealed class Warehouse(HttpClient client)
{
    public async Task<string> FindAsync(string item, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        return await client.GetStringAsync("https://example.org/items/" + item, limit.Token);
    }
}
