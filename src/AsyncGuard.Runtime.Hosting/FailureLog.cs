using System.Collections.Generic;
using Microsoft.Extensions.Logging;

namespace AsyncGuard.Hosting;

/// <summary>
/// Failures of background work, for the host's logger. Those from before there is one are kept until then, up to a number.
/// </summary>
internal sealed class FailureLog
{
    private const int MostKept = 100;

    private readonly object _gate = new();
    private readonly Queue<TaskGroupChildFailure> _early = new();
    private volatile ILogger? _logger;

    public void Use(ILogger logger)
    {
        lock (_gate)
        {
            _logger = logger;
            while (_early.Count > 0) Write(logger, _early.Dequeue());
        }
    }

    public void Write(TaskGroupChildFailure failure)
    {
        if (_logger is null && TryKeep(failure)) return;
        Write(_logger!, failure);
    }

    private bool TryKeep(TaskGroupChildFailure failure)
    {
        lock (_gate)
        {
            if (_logger is not null) return false;
            if (_early.Count < MostKept) _early.Enqueue(failure);
            return true;
        }
    }

    private static void Write(ILogger logger, TaskGroupChildFailure failure)
        => logger.LogError(
            failure.Exception, "Background work {Child} ({File}:{Line}) has failed", failure.ChildName ?? "without a name", failure.File,
            failure.Line);
}
