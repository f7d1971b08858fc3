using System.Collections.Concurrent;
using System.Data.Common;
using System.Transactions;

namespace Quickstart.Before;

public sealed class Accounts(HttpClient client, Retries retries)
{
    private readonly Keys _keys = new();

    public async Task BookAsync(string account, CancellationToken cancellationToken)
    {
        using var scope = new TransactionScope();                          // AGD0110
        await File.AppendAllTextAsync(account, "booked\n", cancellationToken);
        scope.Complete();
    }

    public async Task CloseAsync(string account, CancellationToken cancellationToken)
    {
        using (_keys.LockAsync(account))                                   // AGD0111
            await File.WriteAllTextAsync(account, "closed", cancellationToken);
    }

    public async Task<string> GreetAsync(string account, CancellationToken cancellationToken)
    {
        await retries.Execute(async () => await CloseAsync(account, cancellationToken)); // AGD0216
        return $"Hello {client.GetStringAsync(account, cancellationToken)}"; // AGD0215
    }

    public Task<string> NameAsync(string account, CancellationToken cancellationToken)
    {
        try
        {
            return client.GetStringAsync(account, cancellationToken);      // AGD0217
        }
        catch (HttpRequestException)
        {
            return Task.FromResult("unknown");
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
        var open = command.ExecuteNonQueryAsync(cancellationToken);
        var closed = await command.ExecuteNonQueryAsync(cancellationToken); // AGD0214
        return await open + closed;
    }

    public async Task CloseAsync(string account)
    {
        if (Closed is { } handlers) await handlers(account);               // AGD0218
    }

    public async Task WriteAsync(string account, CancellationToken cancellationToken)
    {
        try
        {
            await _gate.WaitAsync(cancellationToken);                      // AGD0312
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
            catch (Exception ex) when (ex is not OperationCanceledException) // AGD0313
            {
                logger.LogWarning(ex, "No rates");
            }
        }
    }

    public async Task<string> RateAsync(string currency, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));                        // AGD0315
        return await _rates.GetOrAdd(currency, name => client.GetStringAsync(name, cancellationToken)); // AGD0314
    }

    public async Task<bool> IsUpAsync(string url, CancellationToken cancellationToken)
    {
        var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken); // AGD0506
        return response.IsSuccessStatusCode;
    }

    public async Task NotifyAllAsync(List<string> accounts, CancellationToken cancellationToken)
    {
        await WriteAsync("closing", cancellationToken);
        foreach (var account in accounts)                                  // AGD0316
            await RemindAsync(account);
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
