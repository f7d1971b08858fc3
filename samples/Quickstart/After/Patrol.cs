namespace Quickstart.After;

public sealed class Patrol
{
    private readonly CancellationTokenSource _closing = new();
    private Task? _rounds;

    public void Open() => _rounds = WalkAsync(_closing.Token);

    public async Task CloseAsync()
    {
        _closing.Cancel();
        if (_rounds != null)
        {
            try
            {
                await _rounds;
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
            }
        }
    }

    public static async Task ReportAsync(TextReader log, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(log.Close);
        while (await log.ReadLineAsync(cancellationToken) is { } line) Console.WriteLine(line);
    }

    private static async Task WalkAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10));
        while (await timer.WaitForNextTickAsync(cancellationToken)) Console.WriteLine("All is well");
    }
}
