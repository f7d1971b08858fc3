namespace Quickstart.After;

public sealed class Outbox(ILogger<Outbox> logger)
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<string> _waiting = [];
    private string? _footer;

    public async Task SendAsync(string message, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _waiting.Add(message);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var message in _waiting) await LogAsync(message, cancellationToken);
        _waiting.Clear();
        await Task.Delay(10, cancellationToken);
    }

    public async Task RetryAsync(string message, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        logger.LogInformation("Sending {Message} again", message);
    }

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        await FlushAsync(cancellationToken);
        logger.LogInformation("{Footer}", await FooterAsync(cancellationToken));
    }

    public async Task AnnounceAsync(string[] messages, CancellationToken cancellationToken)
    {
        var sending = new List<Task>();
        foreach (var message in messages) sending.Add(File.AppendAllTextAsync("outbox.log", message, cancellationToken));
        await Task.WhenAll(sending);
    }

    public async Task MirrorAsync(string message, CancellationToken cancellationToken)
    {
        var first = File.AppendAllTextAsync("mirror1.log", message, cancellationToken);
        var second = File.AppendAllTextAsync("mirror2.log", message, cancellationToken);
        await Task.WhenAll(first, second);
        await FlushAsync(cancellationToken);
    }

    public async Task ImportAsync(string path, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(File.ReadLinesAsync(path, cancellationToken), options,
            async (name, token) => await File.WriteAllTextAsync(name, "", token));
    }

    private async Task<string> FooterAsync(CancellationToken cancellationToken) =>
        _footer ??= await File.ReadAllTextAsync("footer.txt", cancellationToken);

    private static Task SettleAsync(CancellationToken cancellationToken) => Task.Delay(50, cancellationToken);

    private async Task LogAsync(string message, CancellationToken cancellationToken)
    {
        await File.AppendAllTextAsync("outbox.log", message + "\n", cancellationToken);
        logger.LogInformation("Sent {Message}", message);
    }
}
