namespace BlockedEndpoint.Before;

/// <summary>Code between the endpoint and what blocks.</summary>
public static class Summary
{
    public static string Of(Backend backend) => $"Summary: {Load(backend)}";

    private static string Load(Backend backend) => backend.Ask();
}
