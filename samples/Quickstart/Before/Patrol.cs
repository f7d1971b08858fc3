namespace Quickstart.Before;

public sealed class Patrol
{
    private readonly CancellationTokenSource _closing = new();
    private Task? _rounds;

    public void Open() => _rounds = WalkAsync(_closing.Token);

    public Task CloseAsync()
    {
        _closing.Cancel();                                                  // AGD0305
        return Task.CompletedTask;
    }

    public static async Task ReportAsync(TextReader log, CancellationToken cancellationToken)
    {
        cancellationToken.Register(log.Close);                              // AGD0308
        while (await log.ReadLineAsync(cancellationToken) is { } line) Console.WriteLine(line);
    }

    private static async Task WalkAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10));
        while (await timer.WaitForNextTickAsync(cancellationToken)) Console.WriteLine("All is well");
    }
}
