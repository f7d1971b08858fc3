namespace AsyncGuard.Survey;

/// <summary>A member without an awaitable form, what it calls next on its way to what blocks, and that.</summary>
public sealed record BlockingMember(string Type, string Name, string Parameters, string Next, string Leaf)
{
    /// <summary>A line for the catalog, to be confirmed by a look at what the member is for.</summary>
    public string CatalogLine => $"M:{Type}.{Name}{(Parameters.Length == 0 ? "" : $"({Parameters})")}; blocks   # {Leaf}"
        + (Next.Length == 0 ? "" : $" by {Next}");
}
