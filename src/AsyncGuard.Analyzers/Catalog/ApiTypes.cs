namespace AsyncGuard.Catalog;

/// <summary>Types of APIs that are looked for where no compilation is at hand.</summary>
internal static class ApiTypes
{
    public static readonly ApiType TimeSpan = new("T:System.TimeSpan");
}
