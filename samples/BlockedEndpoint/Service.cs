using System.Collections.Concurrent;
using AsyncGuard;
using Reporting;

namespace BlockedEndpoint;

/// <summary>The service under load, in a process of its own.</summary>
internal static class Service
{
    public static async Task RunAsync(bool isMonitored)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Backend>();
        await using var app = builder.Build();

        app.UseRouting();
        using var monitor = isMonitored ? SlowCallbackMonitor.Start(new SlowCallbackOptions { Threshold = TimeSpan.FromMilliseconds(15) })
            : null;
        if (monitor is not null) Watch(app, monitor);
        app.MapGet("/ping", () => "pong");
        Before.Endpoints.Map(app.MapGroup("/before"));
        After.Endpoints.Map(app.MapGroup("/after"));

        await app.StartAsync();
        ChildProcess.OnStop(app.Lifetime.StopApplication);
        Console.WriteLine(app.Urls.Single());
        await app.WaitForShutdownAsync();
    }

    private static void Watch(WebApplication app, SlowCallbackMonitor monitor)
    {
        var reports = new ConcurrentQueue<string>();
        monitor.Slow += report => reports.Enqueue(report.Message);
        app.Use((context, next) => monitor.RunAsync(() => next(context), context.GetEndpoint()?.DisplayName));
        app.MapGet("/reports", () =>
        {
            var seen = reports.ToList();
            reports.Clear();
            return seen;
        });
    }
}
