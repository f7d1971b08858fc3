namespace Quickstart.After;

public sealed class Warehouse(HttpClient client)
{
    private readonly SemaphoreSlim _gate = new(1);
    private int _count;

    public async Task<string> FindAsync(string item, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        return await client.GetStringAsync("https://example.org/items/" + item, limit.Token);
    }

    public async Task MoveAsync(string item, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutAsync("https://example.org/moves/" + item, null, cancellationToken);
        }
        finally
        {
            await UnlockAsync(item, CancellationToken.None);
        }
    }

    public async Task<int> CountAsync(IAsyncEnumerable<string> items, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = 0;
        await foreach (var item in items.WithCancellation(cancellationToken)) count += item.Length;
        return count;
    }

    public async Task AddAsync(int count, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _count += count;
            await File.WriteAllTextAsync("count.txt", $"{_count}", cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private Task UnlockAsync(string item, CancellationToken cancellationToken) =>
        client.DeleteAsync("https://example.org/locks/" + item, cancellationToken);
}
