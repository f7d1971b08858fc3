namespace Quickstart.Before;

public sealed class Warehouse(HttpClient client)
{
    public async Task<string> FindAsync(string item, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken); // AGD0307
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        return await client.GetStringAsync("https://example.org/items/" + item, limit.Token);
    }
}
