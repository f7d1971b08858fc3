namespace Quickstart.Before;

public sealed class Warmup(PriceFeed feed) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            feed.Publish(1);
            await Task.Delay(TimeSpan.FromMinutes(1));                     // AGD0301
        }
    }
}
