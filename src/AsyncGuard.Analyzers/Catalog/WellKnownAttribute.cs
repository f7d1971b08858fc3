namespace AsyncGuard.Catalog;

/// <summary>Names of attributes that anybody may declare to tell the rules something.</summary>
internal static class WellKnownAttribute
{
    public const string Blocking = "BlockingAttribute";
    public const string NonBlocking = "NonBlockingAttribute";

    /// <summary>What a compilation has found out about one of its members; written by us alone.</summary>
    public const string BlockingSummary = "BlockingSummaryAttribute";

    /// <summary>The property of <see cref="BlockingSummary"/> that marks an iterator: its body runs in the loop over it.</summary>
    public const string WhenEnumerated = "WhenEnumerated";

    public const string GeneratedRegex = "GeneratedRegexAttribute";

    public const string InternalsVisibleTo = "InternalsVisibleToAttribute";
}
