using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AsyncGuard.Hosting;

/// <summary>Names the children that have been running for too long.</summary>
internal sealed class BackgroundTaskGroupHealthCheck(BackgroundTaskGroup group, TimeSpan stuckAfter) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stuck = new List<BackgroundChild>();
        foreach (var child in group.Running)
        {
            if (stuckAfter != Timeout.InfiniteTimeSpan && child.RunningFor > stuckAfter) stuck.Add(child);
        }

        return Task.FromResult(
            stuck.Count == 0
                ? HealthCheckResult.Healthy($"{group.RunningCount} running, {group.WaitingCount} waiting")
                : new HealthCheckResult(context.Registration.FailureStatus, $"{stuck.Count} stuck: {string.Join("; ", stuck)}"));
    }
}
