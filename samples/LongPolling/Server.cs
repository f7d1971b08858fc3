using Microsoft.AspNetCore.Server.Kestrel.Core;
using Reporting;

namespace LongPolling;

/// <summary>The server: a port for long polling, a port for sockets.</summary>
internal static class Server
{
    public static async Task RunAsync(IService service, HttpProtocols polling)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = polling);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        // How long the host waits for connections that no one closes.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        await using var app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/poll/{seen:int}", (int seen, CancellationToken aborted) => service.NextAsync(seen, aborted));
        app.Map("/socket", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await service.ServeAsync(socket, context.RequestAborted);
        });
        app.MapGet("/clients", () => service.Clients);
        app.MapPost("/messages/{text}", (string text) => service.Publish(text));

        await app.StartAsync();
        ChildProcess.OnStop(app.Lifetime.StopApplication);
        foreach (var url in app.Urls) Console.WriteLine(url);
        try
        {
            await service.RunAsync(app.Lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped, as asked for.
        }

        await app.StopAsync();
    }
}
