using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsyncGuard.Hosting;

/// <summary>Ends the background work when the host stops, and cancels it when the host is disposed instead.</summary>
internal sealed class BackgroundTaskGroupDrain : IHostedService, IDisposable
{
    private readonly BackgroundTaskGroup _group;
    private readonly TimeSpan _timeout;
    private readonly ILogger _logger;

    public BackgroundTaskGroupDrain(BackgroundTaskGroup group, FailureLog log, TimeSpan timeout, ILogger logger)
    {
        _group = group;
        _timeout = timeout;
        _logger = logger;
        log.Use(logger);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var drain = _group.DrainAsync(_timeout, cancellationToken);
        try
        {
            await drain.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!drain.IsCompleted)
        {
            // The host's time is over: the children have been cancelled, and no code waits for them any more.
            _group.Cancel();
            _logger.LogWarning("The host's time is over and background work is still running: {Children}",
                string.Join("; ", _group.Running));
            return;
        }

        var report = await drain.ConfigureAwait(false);
        if (report.Completed) _logger.LogInformation("Background work: {Report}", report);
        else _logger.LogWarning("Background work: {Report}", report);
    }

    /// <summary>Also after the stop: no child is left that has not been asked to end.</summary>
    public void Dispose() => _group.Cancel();
}
