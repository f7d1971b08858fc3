namespace Quickstart.Before;

public sealed class Newsletter(HttpClient client, ILogger<Newsletter> logger)
{
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                logger.LogInformation("News: {News}", await client.GetStringAsync("https://example.org/news", cancellationToken));
                await Task.Delay(1000, cancellationToken);
            }
            catch (Exception ex)                                           // AGD0304
            {
                logger.LogWarning(ex, "No news");
            }
        }
    }

    public async Task<bool> IsOnlineAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetAsync("https://example.org/", cancellationToken)).IsSuccessStatusCode;
        }
        catch (TaskCanceledException)                                      // AGD0311
        {
            return false;
        }
    }

    public async Task SendAllAsync(IEnumerable<string> readers, CancellationToken cancellationToken) // AGD0302
    {
        foreach (var reader in readers) await SendAsync(reader);
    }

    public async Task ReadAsync(Func<Task<string?>> next, CancellationToken cancellationToken)
    {
        await Task.Delay(100, cancellationToken);
        while (await next() is { } line)                                   // AGD0303
        {
            logger.LogInformation("{Line}", line);
        }
    }

    private Task SendAsync(string reader)
    {
        logger.LogInformation("Sent to {Reader}", reader);
        return Task.CompletedTask;
    }
}
