namespace AsyncGuard.Catalog;

/// <summary>Names of members that the language or a pattern gives a meaning.</summary>
internal static class WellKnownMember
{
    public const string Dispose = "Dispose";
    public const string DisposeAsync = "DisposeAsync";
    public const string GetAwaiter = "GetAwaiter";
    public const string GetResult = "GetResult";
    public const string IsCompleted = "IsCompleted";
}
