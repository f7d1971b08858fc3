using System.Security.Cryptography;

namespace BlockedEndpoint.After;

/// <summary>The same six endpoints; none of them holds its thread while it waits.</summary>
public static class Endpoints
{
    private static readonly SemaphoreSlim Gate = new(16);
    private static readonly byte[] Salt = [1, 2, 3, 4, 5, 6, 7, 8];

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/sleep", async (CancellationToken cancellationToken) =>
        {
            await Task.Delay(Backend.Latency, cancellationToken);
        });

        routes.MapGet("/result", async (Backend backend, CancellationToken cancellationToken) =>
        {
            return await backend.AskAsync(cancellationToken);
        });

        routes.MapGet("/synchronous", async (Backend backend, CancellationToken cancellationToken) =>
        {
            return await backend.AskAsync(cancellationToken);
        });

        routes.MapGet("/helper", async (Backend backend, CancellationToken cancellationToken) =>
        {
            return await Summary.OfAsync(backend, cancellationToken);
        });

        routes.MapGet("/semaphore", async (Backend backend, CancellationToken cancellationToken) =>
        {
            await Gate.WaitAsync(cancellationToken);
            try
            {
                return await backend.AskAsync(cancellationToken);
            }
            finally
            {
                Gate.Release();
            }
        });

        // The work is the same, and so is the number of processors: this helps only those who would have waited behind it on the same
        // thread.
        routes.MapGet("/hash", async (CancellationToken cancellationToken) =>
        {
            return await Task.Run(
                () => Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2("pin", Salt, 60_000, HashAlgorithmName.SHA256, 32)),
                cancellationToken);
        });
    }
}
