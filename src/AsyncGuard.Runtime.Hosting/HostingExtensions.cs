using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AsyncGuard.Hosting;

/// <summary>AsyncGuard's long-lived helpers as services of a host.</summary>
public static class HostingExtensions
{
    /// <summary>
    /// Adds a <see cref="BackgroundTaskGroup"/> for work that outlives the request that started it.
    /// <list type="bullet">
    /// <item>One for the host, injected as a singleton. Its failures go to the logger of that class; the first hundred of those
    /// that occur before the host has started are logged then.</item>
    /// <item>When the host stops, it takes no more work and is drained: its children have
    /// <see cref="BackgroundTaskGroupHostOptions.DrainTimeout"/> to
    /// end, then they are cancelled and have <see cref="BackgroundTaskGroupOptions.CancelGrace"/>. When the host's own time is over they
    /// are cancelled at
    /// once. Those that continue are named in the log, and the host does not wait for them.</item>
    /// <item>A host that is disposed without being stopped, or whose start has failed, takes no more work and cancels its children. One
    /// that was never started does not.</item>
    /// </list>
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets name, bounds and times; null for the defaults.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddBackgroundTaskGroup(
        this IServiceCollection services, Action<BackgroundTaskGroupHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new BackgroundTaskGroupHostOptions();
        configure?.Invoke(options);
        // An instance, which the container does not dispose: that would wait for stuck children for ever.
        var log = new FailureLog();
        var group = new BackgroundTaskGroup(log.Write, options.GroupOptions);
        services.AddSingleton(group);
        services.AddSingleton<IHostedService>(provider => new BackgroundTaskGroupDrain(
            group, log, options.DrainTimeout, provider.GetRequiredService<ILoggerFactory>().CreateLogger<BackgroundTaskGroup>()));
        return services;
    }

    /// <summary>
    /// Adds a check of the host's <see cref="BackgroundTaskGroup"/>: it fails, and names them, while children have been running for too
    /// long.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="stuckAfter">How long a child may run; infinite for any time.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What a stuck child means; <see cref="HealthStatus.Degraded"/> when null.</param>
    /// <returns>The health checks.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stuckAfter"/> is negative and not infinite, or longer than 49
    /// days.</exception>
    public static IHealthChecksBuilder AddBackgroundTaskGroup(
        this IHealthChecksBuilder builder, TimeSpan stuckAfter, string name = "background task group", HealthStatus? failureStatus = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Limit.Check(stuckAfter, nameof(stuckAfter));
        return builder.Add(new HealthCheckRegistration(
            name,
            provider => new BackgroundTaskGroupHealthCheck(provider.GetRequiredService<BackgroundTaskGroup>(), stuckAfter),
            failureStatus ?? HealthStatus.Degraded,
            tags: null));
    }

    /// <summary>
    /// Adds a <see cref="SlowCallbackMonitor"/> that runs as long as the host and writes its reports to the logger of that class, as
    /// warnings. Inject it to run code under its eyes.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets thresholds; null for the defaults.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSlowCallbackMonitor(this IServiceCollection services, Action<SlowCallbackOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(provider =>
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<SlowCallbackMonitor>();
            var options = new SlowCallbackOptions();
            configure?.Invoke(options);
            var log = options.Log;
            options.Log = (template, arguments) =>
            {
                logger.LogWarning(template, arguments);
                log?.Invoke(template, arguments);
            };
            return SlowCallbackMonitor.Start(options);
        });
        services.AddSingleton<IHostedService>(static provider => new MonitorStart(provider));
        return services;
    }
}
