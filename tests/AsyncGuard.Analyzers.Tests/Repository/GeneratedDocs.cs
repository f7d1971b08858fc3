using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>What is generated from the rule table: whole files, and parts of files between two markers.</summary>
internal static class GeneratedDocs
{
    private const string RulesStart = "<!-- rules: generated from the rule table -->";
    private const string RulesEnd = "<!-- end of rules -->";
    private const string HeaderEnd = "<!-- end of the generated header -->";

    public static IEnumerable<string> Paths =>
    [
        "README.md",
        "docs/README.md",
        "docs/packages.md",
        "src/AsyncGuard.Analyzers/AnalyzerReleases.Unshipped.md",
        "src/AsyncGuard.Analyzers/RuleDescriptions.txt",
        "docs/presets.md",
        .. Preset.All.Select(preset => preset.Path),
        "docs/comparison.md",
        "docs/rules.json",
        .. Peer.All.Select(peer => peer.Page).OfType<string>(),
        .. Peer.All.Select(peer => peer.ReplacesPath).OfType<string>(),
        .. RuleRow.All.Select(row => row.Page),
    ];

    /// <summary>What the file has to be, made from what it is.</summary>
    public static string Expected(string path) => path switch
    {
        "README.md" => WithRules(Checkout.Read(path), "docs/rules/"),
        "docs/README.md" => WithRules(Checkout.Read(path), "rules/"),
        "docs/packages.md" => PackageTable.In(Checkout.Read(path)),
        "src/AsyncGuard.Analyzers/AnalyzerReleases.Unshipped.md" => Unshipped(),
        "src/AsyncGuard.Analyzers/RuleDescriptions.txt" =>
            string.Concat(RuleRow.All.Select(row => $"{row.Id}: {RulePage.Summary(row.Page)}\n")),
        "docs/presets.md" => Preset.WithTable(Checkout.Read(path)),
        _ when Preset.All.FirstOrDefault(preset => preset.Path == path) is { } preset => preset.File(),
        "docs/rules.json" => GeneratedRules.Json(),
        "docs/comparison.md" => Peer.WithComparison(Checkout.Read(path)),
        _ when Peer.All.FirstOrDefault(peer => peer.Page == path) is { } peer => peer.WithEquivalents(Checkout.Read(path)),
        _ when Peer.All.FirstOrDefault(peer => peer.ReplacesPath == path) is { } peer => peer.ReplacesFile(),
        _ => WithHeader(Checkout.Read(path), RuleRow.All.Single(row => row.Page == path)),
    };

    public static string PresetSeverity(string preset, RuleRow row) =>
        Preset.Of(preset).SeverityOf(row.Descriptor.Category) ?? Severity(row);

    private static string WithRules(string text, string pages)
    {
        var table = new StringBuilder(RulesStart).Append("\n| Id | What it reports | Severity | Fix |\n|---|---|---|---|\n");
        foreach (var row in RuleRow.All)
            table.Append($"| [{row.Id}]({pages}{row.Id}.md) | {row.Title} | {Severity(row)} | {FixClass(row)} |\n");
        var start = text.IndexOf(RulesStart, StringComparison.Ordinal);
        var end = text.IndexOf(RulesEnd, StringComparison.Ordinal);
        return start < 0 || end < start ? text + "\n" + table + RulesEnd + "\n" : text[..start] + table + text[end..];
    }

    private static string WithHeader(string page, RuleRow row)
    {
        var header = $"""
            # {row.Id}: {row.Title}

            | Category | Severity | audit | recommended | strict | Fix | Since |
            |---|---|---|---|---|---|---|
            | {row.Descriptor.Category} | {Severity(row)} | {string.Join(" | ", new[] { "audit", "recommended", "strict" }.Select(preset => PresetSeverity(preset, row)))} | {FixClass(row)} | {Since(row)} |
            {Actions(row)}
            {HeaderEnd}
            """;
        var end = page.IndexOf(HeaderEnd, StringComparison.Ordinal);
        return header.ReplaceLineEndings("\n") + (end < 0 ? "\n\n" + page : page[(end + HeaderEnd.Length)..]);
    }

    /// <summary>The release that shipped the rule, or the version that the next one will have.</summary>
    public static string Since(RuleRow row)
    {
        var shipped = Checkout.Read("src/AsyncGuard.Analyzers/AnalyzerReleases.Shipped.md").Split("\n## Release ").Skip(1)
            .FirstOrDefault(release => release.Contains(row.Id, StringComparison.Ordinal));
        return shipped?.Split('\n')[0].Trim()
            ?? Regex.Match(Checkout.Read("src/Directory.Build.props"), "<VersionPrefix>(.*)</VersionPrefix>").Groups[1].Value;
    }

    private static string FixClass(RuleRow row)
    {
        var actions = ActionsOf(row);
        return actions.Count == 0 ? "no" : actions.All(action => action.IsSafe) ? "safe" : actions.Exists(action => action.IsSafe)
            ? "safe, review" : "review";
    }

    // What the light bulb writes, and what of it has to be reviewed.
    private static string Actions(RuleRow row)
    {
        var actions = ActionsOf(row);
        return actions.Count == 0 ? ""
            : "\n| Action | Class |\n|---|---|\n" +
            string.Concat(actions.Select(action => $"| {action.Does} | {(action.IsSafe ? "safe" : "review: " + action.Review)} |\n"));
    }

    private static List<FixAction> ActionsOf(RuleRow row) =>
        FixActions.All.Where(action => action.Rule == row.Id).OrderByDescending(action => action.IsSafe).ToList();

    private static string Unshipped()
    {
        var shipped = Checkout.Read("src/AsyncGuard.Analyzers/AnalyzerReleases.Shipped.md");
        var table = new StringBuilder("### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n");
        foreach (var row in RuleRow.All.Where(row => !shipped.Contains(row.Id)))
            table.Append($"{row.Id} | {row.Descriptor.Category} | {row.Descriptor.DefaultSeverity} | {row.Title}\n");
        return table.ToString();
    }

    public static string Severity(RuleRow row) => row.Descriptor.DefaultSeverity switch
    {
        DiagnosticSeverity.Info => "suggestion",
        DiagnosticSeverity.Hidden => "silent",
        var severity => severity.ToString().ToLowerInvariant(),
    };
}
