namespace Quickstart.Before;

public sealed class Outbox(ILogger<Outbox> logger)
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly List<string> _waiting = [];
    private string? _footer;

    public async Task SendAsync(string message)
    {
        _gate.Wait();                                                      // AGD0103
        try
        {
            _waiting.Add(message);
            await Task.Yield();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var message in _waiting) Log(message);
        _waiting.Clear();
        await Task.Delay(10);                                              // AGD0301
    }

    public void Retry(string message)
    {
        Task.Run(() => FlushAsync(CancellationToken.None));                // AGD0201
        logger.LogInformation("Sending {Message} again", message);
    }

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        Settle();                                                          // AGD0105
        await FlushAsync(cancellationToken);
        logger.LogInformation("{Footer}", Footer());                       // AGD0112
    }

    public async Task AnnounceAsync(string[] messages, CancellationToken cancellationToken)
    {
        var sending = new List<Task>();                                    // AGD0205
        foreach (var message in messages) sending.Add(File.AppendAllTextAsync("outbox.log", message, cancellationToken));
        await Task.Yield();
    }

    public async Task MirrorAsync(string message, CancellationToken cancellationToken)
    {
        var first = File.AppendAllTextAsync("mirror1.log", message, cancellationToken);
        var second = File.AppendAllTextAsync("mirror2.log", message, cancellationToken);
        await first;                                                       // AGD0206
        await second;
        _ = FlushAsync(CancellationToken.None);                            // AGD0202
    }

    public async Task ImportAsync(string path, CancellationToken cancellationToken)
    {
        var copies = new List<Task>();
        await foreach (var name in File.ReadLinesAsync(path, cancellationToken))
            copies.Add(File.WriteAllTextAsync(name, "", cancellationToken));   // AGD0211
        await Task.WhenAll(copies);
    }

    private string Footer() => _footer ??= File.ReadAllText("footer.txt");

    private static void Settle() => Thread.Sleep(50);

    private async void Log(string message)                                 // AGD0203
    {
        await File.AppendAllTextAsync("outbox.log", message + "\n");
        logger.LogInformation("Sent {Message}", message);
    }
}
