using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The relative links in the Markdown files at the root and under <c>docs</c>.</summary>
internal static partial class RepositoryLinks
{
    public static IEnumerable<string> Broken()
    {
        var pages = Directory.EnumerateFiles(Checkout.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs"), "*.md", SearchOption.AllDirectories));
        foreach (var page in pages)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var target = link.Groups[1].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains("://") && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
                    yield return $"{Path.GetRelativePath(Checkout.Root, page)} links to {target}, which does not exist";
            }
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
