namespace AsyncGuard.Plans;

/// <summary>A row of <see cref="FixActions"/>.</summary>
internal sealed class FixAction(string key, string does, string? review)
{
    /// <summary>The equivalence key: the id of the rule and what is done.</summary>
    public string Key { get; } = key;

    public string Rule => Key.Substring(0, Key.IndexOf('.'));

    /// <summary>What it writes, as the pages say it.</summary>
    public string Does { get; } = does;

    /// <summary>
    /// What of the program changes by intent, so that it needs a review; null where the program stays what it was but for the fault.
    /// </summary>
    public string? Review { get; } = review;

    public bool IsSafe => Review is null;
}
