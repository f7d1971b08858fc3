using Microsoft.Extensions.Logging;

namespace AsyncGuard.Hosting;

/// <summary>Failures of background work, for the host's logger once there is one.</summary>
internal sealed class FailureLog
{
    private volatile ILogger? _logger;

    public void Use(ILogger logger) => _logger = logger;

    public void Write(TaskGroupChildFailure failure)
        => _logger?.LogError(
            failure.Exception, "Background work {Child} ({File}:{Line}) has failed", failure.ChildName ?? "without a name", failure.File,
            failure.Line);
}
