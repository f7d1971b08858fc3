namespace AsyncGuard.RuleTesting;

/// <summary>The framework a test compiles against.</summary>
public enum ReferenceSet
{
    Net100,
    Net80,
    NetStandard20,

    /// <summary>.NET 10 with ASP.NET Core on top.</summary>
    AspNetCore,
}
