namespace BlockedEndpoint;

/// <summary>Something on another machine that takes 20 ms, with a synchronous and an asynchronous form, like a driver.</summary>
public sealed class Backend
{
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    public string Ask()
    {
        Thread.Sleep(Latency);
        return "answer";
    }

    public async Task<string> AskAsync(CancellationToken cancellationToken = default)
    {
        await Task.Delay(Latency, cancellationToken);
        return "answer";
    }
}
