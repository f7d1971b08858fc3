namespace AsyncGuard;

/// <summary>The families of rules. The names are what tools show and what an <c>.editorconfig</c> can address.</summary>
internal static class RuleCategory
{
    public const string Blocking = "AsyncGuard.Blocking";
    public const string Structured = "AsyncGuard.Structured";
    public const string Cancellation = "AsyncGuard.Cancellation";
    public const string Awaitables = "AsyncGuard.Awaitables";
    public const string Resources = "AsyncGuard.Resources";
    public const string Necessity = "AsyncGuard.Necessity";
    public const string Configuration = "AsyncGuard.Configuration";

    private const string RulePages = "https://github.com/asyncguard/asyncguard/blob/main/docs/rules/";

    /// <summary>The page of a rule, the same file that the repository holds under <c>docs/rules</c>.</summary>
    public static string HelpLink(string id) => RulePages + id + ".md";
}
