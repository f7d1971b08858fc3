using System.Collections.Immutable;

namespace AsyncGuard.Rules;

/// <summary>What a rule passes to its fix, or to a report, beyond the place: keys and values of <c>Diagnostic.Properties</c>.</summary>
internal static class FixHints
{
    public const string NoAwait = "NoAwait";

    public const string Outlives = "Outlives";

    /// <summary>
    /// The additional locations are places that lead to what is reported, and not the steps of a path that begins there.
    /// </summary>
    public const string ReachedFrom = "ReachedFrom";

    /// <summary>The names of tasks, separated by commas.</summary>
    public const string Tasks = "Tasks";

    /// <summary>Nothing to tell.</summary>
    public static ImmutableDictionary<string, string?> None { get; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>An <c>await</c> cannot be written at the place.</summary>
    public static ImmutableDictionary<string, string?> CannotAwait { get; } = None.Add(NoAwait, "");

    /// <summary>What is reported is the end of paths that begin at the additional locations.</summary>
    public static ImmutableDictionary<string, string?> Cause { get; } = CannotAwait.Add(ReachedFrom, "");

    /// <summary>What is reported is still in use when the function returns.</summary>
    public static ImmutableDictionary<string, string?> OutlivesCall { get; } = None.Add(Outlives, "");
}
