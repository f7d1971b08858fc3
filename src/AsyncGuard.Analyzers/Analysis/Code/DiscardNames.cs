using System;

namespace AsyncGuard.Analysis.Code;

/// <summary>
/// Names of variables that say that their value is not wanted: <c>var _ = RunAsync()</c>, <c>var ignored = RunAsync()</c>.
/// </summary>
internal static class DiscardNames
{
    public static bool Is(string name) =>
        IsUnderscores(name) || StartsWith(name, "ignore") || StartsWith(name, "unused") || StartsWith(name, "discard")
        || StartsWith(name, "dummy") || StartsWith(name, "forget");

    private static bool StartsWith(string name, string word) => name.TrimStart('_').StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static bool IsUnderscores(string name)
    {
        foreach (var letter in name)
        {
            if (letter != '_') return false;
        }

        return true;
    }
}
