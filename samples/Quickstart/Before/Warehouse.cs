namespace Quickstart.Before;

public sealed class Warehouse(HttpClient client)
{
    private readonly SemaphoreSlim _gate = new(1);
    private int _count;

    public async Task<string> FindAsync(string item, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken); // AGD0307
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
            await UnlockAsync(item, cancellationToken);                  // AGD0306
        }
    }

    public async Task<int> CountAsync(IAsyncEnumerable<string> items, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var count = 0;
        await foreach (var item in items)                               // AGD0310
            count += item.Length;
        return count;
    }

    public async Task AddAsync(int count, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync();                                            // AGD0309
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
