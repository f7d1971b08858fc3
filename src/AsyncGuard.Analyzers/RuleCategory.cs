using System.Reflection;

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

    private static readonly string Pages = PagesOf(typeof(RuleCategory).Assembly);

    /// <summary>The page of a rule, the same file that the repository holds under <c>docs/rules</c>.</summary>
    public static string HelpLink(string id) => Pages + "/docs/rules/" + id + ".md";

    /// <summary>The last part of the category, for tools that group by tags.</summary>
    public static string Tag(string category) => category.Substring(category.LastIndexOf('.') + 1);

    // The build writes down where the pages are: one property of MSBuild has the address.
    private static string PagesOf(Assembly assembly)
    {
        foreach (var data in assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
        {
            if (data.Key == nameof(Pages)) return data.Value;
        }

        return "";
    }
}
