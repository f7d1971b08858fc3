using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AsyncGuard.Hosting;

/// <summary>The helpers in a real host.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task HostStops_ChildrenEndByThemselves_AreWaitedFor()
    {
        var log = new Log();
        using var host = Host(log, static services => services.AddBackgroundTaskGroup());
        await host.StartAsync();
        var gate = new TaskCompletionSource();
        var ended = false;
        host.Services.GetRequiredService<BackgroundTaskGroup>().Start(async _ =>
        {
            await gate.Task;
            ended = true;
        });
        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        gate.SetResult();
        await HangGuard.WaitAsync(stop);
        Assert.True(ended);
        Assert.Contains(log.Lines, static line => line.Contains("Background work: drained", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HostStops_ChildIgnoresItsToken_IsNamedAndNotWaitedFor()
    {
        var log = new Log();
        using var host = Host(log, static services => services.AddBackgroundTaskGroup(static options =>
        {
            options.DrainTimeout = TimeSpan.Zero;
            options.CancelGrace = TimeSpan.Zero;
        }));
        await host.StartAsync();
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        host.Services.GetRequiredService<BackgroundTaskGroup>().Start(
            _ =>
            {
                begun.SetResult();
                return gate.Task;
            },
            "stubborn");
        await HangGuard.WaitAsync(begun.Task);
        await HangGuard.WaitAsync(host.StopAsync());
        Assert.Contains(log.Lines,
            static line => line.StartsWith("Warning", StringComparison.Ordinal)
                && line.Contains("1 stuck after cancelling, 0 dropped: stubborn", StringComparison.Ordinal));
        gate.SetResult();
    }

    [Fact]
    public async Task HostsTimeIsOver_ChildIgnoresItsToken_IsNamedAndNotWaitedFor()
    {
        var log = new Log();
        using var host = Host(log, static services =>
        {
            services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(20));
            services.AddBackgroundTaskGroup();
        });
        await host.StartAsync();
        var gate = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<BackgroundTaskGroup>().Start(
            token =>
            {
                token.Register(cancelled.SetResult);
                begun.SetResult();
                return gate.Task;
            },
            "stubborn");
        await HangGuard.WaitAsync(begun.Task);
        await Outcome.OfAsync(HangGuard.WaitAsync(host.StopAsync()));
        await HangGuard.WaitAsync(cancelled.Task);
        Assert.Contains(log.Lines, static line => line.Contains("still running: stubborn", StringComparison.Ordinal));
        gate.SetResult();
    }

    [Fact]
    public async Task ChildFails_IsLoggedWithItsName()
    {
        var log = new Log();
        using var host = Host(log, static services => services.AddBackgroundTaskGroup());
        await host.StartAsync();
        host.Services.GetRequiredService<BackgroundTaskGroup>().Start(static _ => throw new FormatException("broken"), "send mail");
        await HangGuard.WaitAsync(host.StopAsync());
        Assert.Contains(log.Lines,
            static line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("send mail", StringComparison.Ordinal)
                && line.Contains("broken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChildFails_BeforeTheHostHasStarted_IsLoggedThen()
    {
        var log = new Log();
        using var host = Host(log, static services => services.AddBackgroundTaskGroup());
        var group = host.Services.GetRequiredService<BackgroundTaskGroup>();
        group.Start(static _ => throw new FormatException("too early"), "warm up");
        while (group.RunningCount > 0) await Task.Yield();
        await host.StartAsync();
        Assert.Contains(log.Lines,
            static line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("warm up", StringComparison.Ordinal)
                && line.Contains("too early", StringComparison.Ordinal));
        await HangGuard.WaitAsync(host.StopAsync());
    }

    [Fact]
    public async Task HealthCheck_ChildRunsTooLong_IsNamed()
    {
        using var host = Host(new Log(), static services =>
        {
            services.AddBackgroundTaskGroup();
            services.AddHealthChecks().AddBackgroundTaskGroup(TimeSpan.Zero);
        });
        await host.StartAsync();
        var check = host.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync()).Status);
        var gate = new TaskCompletionSource();
        var group = host.Services.GetRequiredService<BackgroundTaskGroup>();
        group.Start(_ => gate.Task, "poll");
        while (!group.Running.Any(static child => child.RunningFor > TimeSpan.Zero)) await Task.Yield();
        var report = await check.CheckHealthAsync();
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.StartsWith("1 stuck: poll (HostingTests.cs:", report.Entries["background task group"].Description, StringComparison.Ordinal);
        gate.SetResult();
        await HangGuard.WaitAsync(host.StopAsync());
    }

    [Fact]
    public async Task HealthCheck_ChildMayRunForAnyTime_IsHealthy()
    {
        using var host = Host(new Log(), static services =>
        {
            services.AddBackgroundTaskGroup();
            services.AddHealthChecks().AddBackgroundTaskGroup(Timeout.InfiniteTimeSpan);
        });
        await host.StartAsync();
        var gate = new TaskCompletionSource();
        var group = host.Services.GetRequiredService<BackgroundTaskGroup>();
        group.Start(_ => gate.Task, "poll");
        while (!group.Running.Any(static child => child.RunningFor > TimeSpan.Zero)) await Task.Yield();
        Assert.Equal(HealthStatus.Healthy, (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status);
        gate.SetResult();
        await HangGuard.WaitAsync(host.StopAsync());
    }

    [Fact]
    public void Times_OutOfRange_AreRefusedWhereTheyAreSet()
    {
        var negative = TimeSpan.FromSeconds(-3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundTaskGroupHostOptions { DrainTimeout = negative });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundTaskGroupHostOptions { DrainTimeout = TimeSpan.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackgroundTaskGroupHostOptions { CancelGrace = negative });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new BackgroundTaskGroupHostOptions { MaxConcurrency = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new BackgroundTaskGroupHostOptions { Capacity = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ServiceCollection().AddHealthChecks().AddBackgroundTaskGroup(negative));
        Assert.Equal(Timeout.InfiniteTimeSpan, new BackgroundTaskGroupHostOptions { DrainTimeout = Timeout.InfiniteTimeSpan }.DrainTimeout);
    }

    [Fact]
    public async Task HostIsDisposed_WithoutBeingStopped_ChildrenAreCancelled()
    {
        var host = Host(new Log(), static services => services.AddBackgroundTaskGroup());
        await host.StartAsync();
        var cancelled = new TaskCompletionSource();
        var group = host.Services.GetRequiredService<BackgroundTaskGroup>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        group.Start(token =>
        {
            token.Register(cancelled.SetResult);
            begun.SetResult();
            return Task.Delay(Timeout.Infinite, token);
        });
        await HangGuard.WaitAsync(begun.Task);
        host.Dispose();
        await HangGuard.WaitAsync(cancelled.Task);
        Assert.False(group.TryStart(static _ => Task.CompletedTask));
    }

    [Fact]
    public async Task SlowCallbackMonitor_CodeBlocks_IsLoggedAsAWarning()
    {
        var log = new Log();
        using var host =
            Host(log, static services =>
            services.AddSlowCallbackMonitor(static options => options.Threshold = TimeSpan.FromMilliseconds(1)));
        await host.StartAsync();
        await host.Services.GetRequiredService<SlowCallbackMonitor>().RunAsync(
            static () =>
            {
                Thread.Sleep(20);
                return Task.CompletedTask;
            },
            "slow request");
        Assert.Contains(log.Lines,
            static line => line.StartsWith("Warning", StringComparison.Ordinal)
                && line.Contains("Executing slow request took", StringComparison.Ordinal));
        await host.StopAsync();
    }

    private static IHost Host(Log log, Action<IServiceCollection> configure)
    {
        var builder =
            Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(log);
        configure(builder.Services);
        return builder.Build();
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string[] Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
            => _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.Message}");

        public void Dispose()
        {
        }
    }
}
