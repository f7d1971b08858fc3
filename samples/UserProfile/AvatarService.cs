namespace UserProfile;

/// <summary>The other service: answers with the address of a picture.</summary>
public sealed class AvatarService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AvatarService(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public static Uri Address(Uri service, int id, Delays delays) =>
        new(service, $"avatars/{id}?delay={delays.Http}&fails={delays.HttpFails}");

    public static async Task<AvatarService> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/avatars/{id:int}", async (int id, int delay, bool fails, CancellationToken aborted) =>
        {
            if (fails) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            if (delay > 0) await Task.Delay(delay, aborted);
            return Results.Text($"https://example.org/avatars/{id}.png");
        });
        await app.StartAsync(cancellationToken);
        return new AvatarService(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
