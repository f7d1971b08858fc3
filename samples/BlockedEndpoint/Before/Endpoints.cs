using System.Security.Cryptography;

namespace BlockedEndpoint.Before;

/// <summary>Six ways to hold a thread of the pool, one for each endpoint.</summary>
public static class Endpoints
{
    private static readonly SemaphoreSlim Gate = new(16);
    private static readonly byte[] Salt = [1, 2, 3, 4, 5, 6, 7, 8];

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/sleep", async (CancellationToken cancellationToken) =>
        {
            Thread.Sleep(Backend.Latency);                                  // AGD0101
            await Task.Yield();
        });

        routes.MapGet("/result", async (Backend backend, CancellationToken cancellationToken) =>
        {
            await Task.Yield();
            return backend.AskAsync(cancellationToken).Result;              // AGD0102
        });

        routes.MapGet("/synchronous", async (Backend backend, CancellationToken cancellationToken) =>
        {
            await Task.Yield();
            return backend.Ask();                                           // AGD0103
        });

        routes.MapGet("/helper", async (Backend backend, CancellationToken cancellationToken) =>
        {
            await Task.Yield();
            return Summary.Of(backend);                                     // AGD0105
        });

        routes.MapGet("/semaphore", async (Backend backend, CancellationToken cancellationToken) =>
        {
            Gate.Wait(cancellationToken);                                   // AGD0103
            try
            {
                return await backend.AskAsync(cancellationToken);
            }
            finally
            {
                Gate.Release();
            }
        });

        routes.MapGet("/hash", async (CancellationToken cancellationToken) =>
        {
            await Task.Yield();
            return Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2("pin", Salt, 60_000, HashAlgorithmName.SHA256, 32)); // AGD0106
        });
    }
}
