namespace AsyncGuard.Analysis;

/// <summary>The simple names that a body can be reached by, and those that it mentions.</summary>
internal sealed class BodyNames(string[] declared, string[] mentioned)
{
    public string[] Declared { get; } = declared;

    public string[] Mentioned { get; } = mentioned;
}
