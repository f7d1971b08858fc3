using System;
using System.Collections.Generic;
using System.IO;

namespace AsyncGuard;

/// <summary>What each rule reports, in a few sentences: the first paragraph of its page. Tools show it beside the message.</summary>
internal static class RuleDescriptions
{
    private static readonly Dictionary<string, string> Texts = Read();

    public static string Of(string id) => Texts.TryGetValue(id, out var text) ? text : "";

    // AGD0101: Reports …
    private static Dictionary<string, string> Read()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = new StreamReader(typeof(RuleDescriptions).Assembly.GetManifestResourceStream("RuleDescriptions.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0) texts[line.Substring(0, colon)] = line.Substring(colon + 2);
        }

        return texts;
    }
}
