namespace Quickstart.After;

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
            catch (Exception ex) when (ex is not OperationCanceledException)
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
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
