using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>
/// Another source of reports about async code: by what name <c>AsyncGuardReplaces</c> takes it, if at all, in which column of the
/// comparison it stands, and its page.
/// </summary>
internal sealed record Peer(string? Name, string Ids, string Column, string? Page)
{
    private const string TableStart = "<!-- comparison: generated from the table of peers -->";
    private const string TableEnd = "<!-- end of comparison -->";
    private const string RowsStart = "<!-- equivalents: generated from the table of peers -->";
    private const string RowsEnd = "<!-- end of equivalents -->";

    public static IReadOnlyList<Peer> All { get; } =
    [
        new("VSTHRD", @"VSTHRD\d+", "VS Threading", "docs/migrating/from-vsthrd.md"),
        new("MA", @"MA\d+", "Meziantou", "docs/migrating/from-meziantou.md"),
        new("AsyncFixer", @"AsyncFixer\d+", "AsyncFixer", "docs/migrating/from-asyncfixer.md"),
        new("Sonar", @"S\d+", "Sonar", "docs/migrating/from-sonar.md"),
        new("Roslynator", @"RCS\d+", "Roslynator", "docs/migrating/from-roslynator.md"),
        new("CA", @"CA\d+", ".NET SDK, compiler", "docs/migrating/from-netanalyzers.md"),
        new("IDE", @"IDE\d+", ".NET SDK, compiler", null),
        new(null, @"CS\d+", ".NET SDK, compiler", null),
    ];

    /// <summary>The file that switches its equal rules off, where there is one.</summary>
    public string? ReplacesPath => Name is null ? null : $"src/AsyncGuard/replaces/{Name.ToLowerInvariant()}.globalconfig";

    private IEnumerable<PeerRule> Rules => PeerRule.All.Where(rule => rule.Peer == this);

    /// <summary>
    /// The configuration that switches the equal rules off; above that of the SDK and of other packages, below all that a user writes.
    /// </summary>
    public string ReplacesFile() =>
        $"# What AsyncGuard reports as well: AsyncGuardReplaces names {Name}.\n# Generated from the table of peers: ASYNCGUARD_BLESS=1 dotnet test --filter DocsTests\nis_global = true\nglobal_level = -50\n"
        + string.Concat(Rules.Where(rule => rule.IsEqual).GroupBy(rule => rule.Id).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"# {string.Join(", ", group.Select(rule => rule.Rule))}\ndotnet_diagnostic.{group.Key}.severity = none\n"));

    /// <summary>The page for those who use this peer, with the table of what its rules are here.</summary>
    public string WithEquivalents(string page)
    {
        var table = new StringBuilder("| There | Here | Switched off by `AsyncGuardReplaces` |\n|---|---|---|\n");
        foreach (var group in Rules.GroupBy(rule => (rule.Id, rule.IsEqual)).OrderBy(group => group.Key.Id, StringComparer.Ordinal))
            table.Append(
                $"| {group.Key.Id} | {string.Join(", ", group.Select(rule => Link(rule.Rule, "../rules/")))} | {(group.Key.IsEqual ? "yes" : "no: it reports more than that")} |\n");
        return Between(page, RowsStart, RowsEnd, table.ToString());
    }

    /// <summary>The comparison, with a row for each rule.</summary>
    public static string WithComparison(string page)
    {
        var columns = All.Select(peer => peer.Column).Distinct().ToList();
        var table = new StringBuilder(
            $"| AsyncGuard | {string.Join(" | ", columns)} |\n|---|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (var row in RuleRow.All)
        {
            var cells = columns.Select(column => PeerRule.All.Where(rule => rule.Rule == row.Id && rule.Peer.Column == column).ToList());
            table.Append(
                $"| {Link(row.Id, "rules/")} {row.Title} | {string.Join(" | ", cells.Select(rules => rules.Count == 0 ? "–" : string.Join(" ", rules)))} |\n");
        }

        return Between(page, TableStart, TableEnd, table.ToString());
    }

    private static string Link(string id, string pages) => $"[{id}]({pages}{id}.md)";

    private static string Between(string page, string start, string end, string text)
    {
        var from = page.IndexOf(start, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        var generated = $"{start}\n{text}";
        return from < 0 || to < from ? $"{page}\n{generated}{end}\n" : page[..from] + generated + page[to..];
    }
}
