using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>A preset: the severity of whole categories, so that what a user says of a rule or of a category goes before it.</summary>
internal sealed record Preset(string Name, string What, string For, params (string Category, string Severity)[] Severities)
{
    private const string Start = "<!-- presets: generated from the table of presets -->";
    private const string End = "<!-- end of presets -->";

    private static readonly string[] Categories =
        [RuleCategory.Blocking, RuleCategory.Structured, RuleCategory.Cancellation, RuleCategory.Awaitables, RuleCategory.Resources,
        RuleCategory.Necessity, RuleCategory.Configuration];

    // AGD0901 has no place in a source file, and the compiler asks for the severity of a category only for such a place.
    private static readonly string[] OfSource = [.. Categories.Where(category => category != RuleCategory.Configuration)];

    public static IReadOnlyList<Preset> All { get; } =
    [
        new("recommended", "The rules as they come", "a start, and the way back where an outer folder sets another preset"),
        new("audit", "Every rule about code a suggestion",
            "a code base that adopts AsyncGuard: nothing in the build, everything in the editor and in SARIF",
                [.. OfSource.Select(category => (category, "suggestion"))]),
        new("strict", "Every rule about code a warning", "a code base that is clean and wants to stay so",
            [.. OfSource.Select(category => (category, "warning"))]),
        new(
            "library",
            "What callers cannot mend: blocked threads, tokens that are not passed on, awaitables that surprise",
            "libraries, whose callers may run on a UI thread or in a busy server",
            (RuleCategory.Blocking, "warning"), (RuleCategory.Cancellation, "warning"), (RuleCategory.Awaitables, "warning")),
        new(
            "web",
            "What costs throughput: blocked threads, work that goes on after the client has left, connections and memory",
            "ASP.NET Core applications, workers and other services",
            (RuleCategory.Blocking, "warning"), (RuleCategory.Cancellation, "warning"), (RuleCategory.Resources, "warning")),
        new(
            "desktop",
            "What freezes or crashes a window: blocked threads, lost tasks, async void",
            "WPF, Windows Forms, WinUI, MAUI and Avalonia applications",
            (RuleCategory.Blocking, "warning"), (RuleCategory.Structured, "warning"), (RuleCategory.Resources, "suggestion")),
        new(
            "tests",
            "What makes a test pass that should fail: lost tasks stay as they are, the rest is quiet",
            "test projects",
            (RuleCategory.Blocking, "suggestion"), (RuleCategory.Cancellation, "silent"), (RuleCategory.Resources, "silent"),
            (RuleCategory.Necessity, "silent")),
    ];

    public string Path => $"src/AsyncGuard/presets/{Name}.globalconfig";

    public static Preset Of(string name) => All.Single(preset => preset.Name == name);

    /// <summary>The severity that the preset gives to a category, or null where it leaves it alone.</summary>
    public string? SeverityOf(string category) => Severities.FirstOrDefault(set => set.Category == category).Severity;

    public string File() =>
        $"# {What}.\n# Generated from the table of presets: ASYNCGUARD_BLESS=1 dotnet test --filter DocsTests\nis_global = true\nglobal_level = -100\n"
        + string.Concat(Severities.Select(set => $"dotnet_analyzer_diagnostic.category-{set.Category}.severity = {set.Severity}\n"));

    /// <summary>The page, with the table of what each preset does to each category.</summary>
    public static string WithTable(string page)
    {
        var names = Categories.Select(category => category["AsyncGuard.".Length..]).ToList();
        var table = new StringBuilder(
            $"{Start}\n| Preset | {string.Join(" | ", names)} | For |\n|---|{string.Concat(names.Select(_ => "---|"))}---|\n");
        foreach (var preset in All)
            table.Append(
                $"| `{preset.Name}` | {string.Join(" | ", Categories.Select(category => preset.SeverityOf(category) ?? "as it comes"))} | {preset.For} |\n");
        var start = page.IndexOf(Start, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return start < 0 || end < start ? page + "\n" + table + End + "\n" : page[..start] + table + page[end..];
    }
}
