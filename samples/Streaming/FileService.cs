using System.Security.Cryptography;

namespace Streaming;

/// <summary>Serves files of any size, made up while they are sent: they take no memory here.</summary>
internal sealed class FileService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FileService(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<FileService> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/files/{megabytes:int}", async (int megabytes, HttpResponse response, CancellationToken aborted) =>
        {
            response.ContentLength = (long)megabytes << 20;
            foreach (var chunk in Chunks(megabytes)) await response.Body.WriteAsync(chunk, aborted);
        });
        await app.StartAsync(cancellationToken);
        return new FileService(app);
    }

    public static string HashOf(int megabytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var chunk in Chunks(megabytes)) hash.AppendData(chunk.Span);
        return Convert.ToHexString(hash.GetCurrentHash())[..16];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IEnumerable<ReadOnlyMemory<byte>> Chunks(int megabytes)
    {
        var chunk = new byte[Settings.ChunkSize];
        new Random(megabytes).NextBytes(chunk);
        for (var i = 0; i < megabytes << 20 >> 16; i++)
        {
            chunk[0] = (byte)i;
            yield return chunk;
        }
    }
}
