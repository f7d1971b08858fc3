using System.Collections.Concurrent;
using System.Data.Common;
using System.Transactions;

namespace Quickstart.After;

public sealed class Accounts(HttpClient client, Retries retries)
{
    private readonly Keys _keys = new();

    public async Task BookAsync(string account, CancellationToken cancellationToken)
    {
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        await File.AppendAllTextAsync(account, "booked\n", cancellationToken);
        scope.Complete();
    }

    public async Task CloseAsync(string account, CancellationToken cancellationToken)
    {
        using (await _keys.LockAsync(account)) await File.WriteAllTextAsync(account, "closed", cancellationToken);
    }

    public async Task<string> GreetAsync(string account, CancellationToken cancellationToken)
    {
        await retries.ExecuteAsync(async () => await CloseAsync(account, cancellationToken));
        return $"Hello {await client.GetStringAsync(account, cancellationToken)}";
    }

    public async Task<string> NameAsync(string account, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetStringAsync(account, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return "unknown";
        }
    }
}

public sealed class Journal(DbCommand command, HttpClient client, ILogger<Journal> logger)
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, Task<string>> _rates = new();

    public event Func<string, Task>? Closed;

    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var open = await command.ExecuteNonQueryAsync(cancellationToken);
        var closed = await command.ExecuteNonQueryAsync(cancellationToken);
        return open + closed;
    }

    public async Task CloseAsync(string account)
    {
        if (Closed is not { } handlers) return;
        foreach (Func<string, Task> handler in handlers.GetInvocationList()) await handler(account);
    }

    public async Task WriteAsync(string account, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await File.AppendAllTextAsync(account, "entry\n", cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task WatchAsync(string url, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                logger.LogInformation("Rates: {Rates}", await client.GetStringAsync(url, stoppingToken));
                await Task.Delay(5000, stoppingToken);
            }
            catch (Exception ex) when (ex is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(ex, "No rates");
            }
        }
    }

    public async Task<string> RateAsync(string currency, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        return await _rates.GetOrAdd(currency, Load).WaitAsync(limit.Token);
    }

    public async Task<bool> IsUpAsync(string url, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    public async Task NotifyAllAsync(List<string> accounts, CancellationToken cancellationToken)
    {
        await WriteAsync("closing", cancellationToken);
        foreach (var account in accounts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RemindAsync(account);
        }
    }

    private async Task<string> Load(string currency)
    {
        try
        {
            return await client.GetStringAsync(currency);
        }
        catch (HttpRequestException)
        {
            _rates.TryRemove(currency, out _);
            throw;
        }
    }

    private static Task RemindAsync(string account) => File.WriteAllTextAsync(account, "closing", CancellationToken.None);
}

public sealed class Keys
{
    private readonly SemaphoreSlim _gate = new(1);

    public async Task<IDisposable> LockAsync(string key)
    {
        await _gate.WaitAsync();
        return new Held(_gate, key);
    }

    private sealed record Held(SemaphoreSlim Gate, string Key) : IDisposable
    {
        public void Dispose() => Gate.Release();
    }
}

public sealed class Retries
{
    public T Execute<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (HttpRequestException)
        {
            return work();
        }
    }

    public async Task ExecuteAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (HttpRequestException)
        {
            await work();
        }
    }
}
