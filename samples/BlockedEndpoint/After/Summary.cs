namespace BlockedEndpoint.After;

/// <summary>Code between the endpoint and what is awaited: asynchronous all the way.</summary>
public static class Summary
{
    public static async Task<string> OfAsync(Backend backend, CancellationToken cancellationToken) =>
        $"Summary: {await LoadAsync(backend, cancellationToken)}";

    private static Task<string> LoadAsync(Backend backend, CancellationToken cancellationToken) => backend.AskAsync(cancellationToken);
}
