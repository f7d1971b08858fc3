namespace AsyncGuard.Catalog;

/// <summary>Names of attributes that anybody may declare to tell the rules something.</summary>
internal static class WellKnownAttribute
{
    public const string Blocking = "BlockingAttribute";
    public const string NonBlocking = "NonBlockingAttribute";
}
