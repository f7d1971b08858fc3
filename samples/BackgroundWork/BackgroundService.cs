using System;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BackgroundWork;

/// <summary>One background group for the host: endpoints start work in it, and the host drains it when it stops.</summary>
public sealed class BackgroundService : IHostedService
{
    private readonly ILogger<BackgroundService> _logger;

    public BackgroundService(ILogger<BackgroundService> logger)
    {
        _logger = logger;
        Group = new BackgroundTaskGroup(
            failure => logger.LogError(failure.Exception, "{Child} failed", failure.ChildName),
            new BackgroundTaskGroupOptions { Name = "background", MaxConcurrency = 8, Capacity = 100 });
    }

    public BackgroundTaskGroup Group { get; }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Until the host's own shutdown time-out; then it cancels, and says who does not stop.
        var report = await Group.DrainAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        if (report.Completed) _logger.LogInformation("Background work: {Report}", report);
        else _logger.LogWarning("Background work: {Report}", report);
    }
}
