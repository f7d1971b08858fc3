namespace AsyncGuard.Summaries;

/// <summary>A member that blocks.</summary>
internal sealed class MemberSummary(string id, string way, bool whenEnumerated)
{
    /// <summary>Its documentation id.</summary>
    public string Id { get; } = id;

    /// <summary>What is called from it: <c>Parse → File.ReadAllText</c>.</summary>
    public string Way { get; } = way;

    /// <summary>Whether it is an iterator, so that it blocks the loop over it.</summary>
    public bool WhenEnumerated { get; } = whenEnumerated;
}
