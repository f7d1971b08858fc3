using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AsyncGuard.Catalog;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>
/// What the catalog's files of packages say, as a table for people: a row for each comment above a group of entries, which names the
/// package and the version seen.
/// </summary>
internal static class PackageTable
{
    private const string Start = "<!-- packages: generated from the catalog -->";
    private const string End = "<!-- end of packages -->";

    private static readonly string[] Files = ["Packages", "PackagesClients", "PackagesDatabases", "PackagesDocuments", "PackagesMedia",
        "PackagesFormats", "PackagesReaders", "PackagesServices", "PackagesStores", "PackagesTools"];

    /// <summary>The page with the table renewed.</summary>
    public static string In(string page)
    {
        var table = new StringBuilder(Start).Append(
            "\n| Seen in | Await its counterpart | Blocks, and has none | Its counterpart is none | Work for the processor |\n|---|---|---|---|---|\n");
        foreach (var (heading, entries) in Files.SelectMany(file => GroupsOf(Checkout.Read($"src/AsyncGuard.Analyzers/Catalog/{file}.txt")))
            .OrderBy(group => group.Heading, StringComparer.OrdinalIgnoreCase))
        {
            var cells = new[]
            {
                entries.Where(entry => entry.Has(ApiTraits.Blocks) && entry.Answer is not null),
                entries.Where(entry => entry.Has(ApiTraits.Blocks) && entry.Answer is null && !entry.Has(ApiTraits.NoTwin)),
                entries.Where(entry => entry.Has(ApiTraits.NoTwin | ApiTraits.Completes | ApiTraits.RunsInPlace)),
                entries.Where(entry => entry.Has(ApiTraits.Cpu)),
            };
            if (cells.All(cell => !cell.Any())) continue;
            table.Append($"| {heading} | {string.Join(" | ", cells.Select(Names))} |\n");
        }

        var start = page.IndexOf(Start, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return start < 0 || end < start ? page.TrimEnd('\n') + "\n\n" + table + End + "\n" : page[..start] + table + page[end..];
    }

    // A group begins with a comment after an empty line; what stands after a colon explains, for those who read the file.
    private static IEnumerable<(string Heading, IReadOnlyList<ApiEntry> Entries)> GroupsOf(string text)
    {
        foreach (var group in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var heading = group.Split('\n')[0];
            if (!heading.StartsWith("# ", StringComparison.Ordinal)) continue;
            yield return (heading[2..].Split(':')[0], ApiFile.Parse(new StringReader(group)).Entries);
        }
    }

    // `IDatabase`: `StringGet`, `HashGet`
    private static string Names(IEnumerable<ApiEntry> entries) => string.Join("; ", entries.GroupBy(entry => entry.TypeName)
        .Select(type => type.All(entry => entry.IsType) ? $"all of `{type.Key}`"
        : $"`{type.Key}`: {string.Join(", ", type.Where(entry => !entry.IsType).Select(entry => $"`{(entry.Member == "#ctor" ? "new" : entry.Member)}`").Distinct())}"));
}
