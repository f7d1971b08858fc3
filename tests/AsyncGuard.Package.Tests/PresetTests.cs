using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>Presets set whole categories; what the user says of a rule or a category wins.</summary>
public sealed partial class PresetTests(PackageFeed feed)
{
    private const string Blocking =
        "static class Blocking\n{\n    public static async Task M() { await Task.Yield(); Thread.Sleep(1); }\n}";

    private const string Cancellation =
        """
        public static class Cancellation
        {
            public static async Task WaitAsync(CancellationToken cancellationToken)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Task.Delay(1);
            }
        }
        """;

    // The columns of the page's table, in which the rules are set.
    private static readonly (string Id, int Category)[] FaultsOf =
    [
        ("AGD0101", 0), ("AGD0108", 0), ("AGD0202", 1), ("AGD0203", 1), ("AGD0301", 2), ("AGD0302", 2), ("AGD0402", 3), ("AGD0407", 3),
        ("AGD0503", 4), ("AGD0505", 4), ("AGD0601", 5), ("AGD0901", 6),
    ];

    private const string Faults =
        """
        using System.Text.Json;

        public static class Faults
        {
            public static async Task Sleep() { await Task.Yield(); Thread.Sleep(1); }
            public static int Wait(Task<int> task) => task.Result;
            public static void Drop() { _ = Sleep(); }
            public static async void Void() { await Task.Yield(); }
            public static async Task Pass(CancellationToken token) { token.ThrowIfCancellationRequested(); await Task.Delay(1); }
            public static async Task Unused(CancellationToken token) { await Task.Delay(1); }
            public static Task<string> Null() { return null; }
            public static Task Continue(Task<int> task) => task.ContinueWith(t => Console.WriteLine(t.Result));
            public static async Task<int> Body(HttpClient client) => JsonSerializer.Deserialize<int>(await client.GetStringAsync("a"));
            public static async Task Dispose() { using var file = new FileStream("a", FileMode.Open); await file.WriteAsync(new byte[1]); }
            public static async Task<int> NoAwait() { return 1; }
        }
        """;

    private const string BlockingFinding = "warning AGD0101 Blocking.cs";
    private const string CancellationFinding = "warning AGD0301 Cancellation.cs";

    [Fact]
    public async Task Preset_SetsTheSeverities_InAnyCase_AndAChangeCompilesAnew()
    {
        var project = feed.NewProject("Presets", ("Blocking.cs", Blocking), ("Cancellation.cs", Cancellation));
        (await project.BuildAgainAsync()).RequireSuccess().RequireFindings(BlockingFinding);

        foreach (var (preset, expected) in new (string, string[])[]
                 {
                     ("audit", []),
                     ("STRICT", [BlockingFinding, CancellationFinding]),
                 })
        {
            SetPreset(project, preset);
            (await project.BuildAgainAsync("--no-restore")).RequireSuccess().RequireFindings(expected);
        }

        SetPreset(project, "strickt");
        Assert.Contains("AsyncGuardPreset is 'strickt'; expected recommended, audit,",
            (await project.BuildAgainAsync("--no-restore")).RequireSuccess().Output);
    }

    [Theory]
    [InlineData("Id", "dotnet_diagnostic.AGD0101.severity = none", CancellationFinding)]
    [InlineData("Category", "dotnet_analyzer_diagnostic.category-AsyncGuard.Blocking.severity = none", CancellationFinding)]
    [InlineData("All", "dotnet_analyzer_diagnostic.severity = none", BlockingFinding, CancellationFinding)]
    public async Task Preset_GivesWayToIdsAndCategories_ButNotToWhatIsSaidOfAllAnalyzers(string name, string line, params string[] expected)
    {
        var project =
            feed.NewProject("Wins" + name, ("Blocking.cs", Blocking), ("Cancellation.cs", Cancellation),
            (".editorconfig", "root = true\n[*.cs]\n" + line));
        SetPreset(project, "strict");

        (await project.BuildAsync()).RequireSuccess().RequireFindings(expected);
    }

    // One fault of each category, of rules that come as warnings and as suggestions, in a project for each preset.
    [Fact]
    public async Task Presets_InABuild_HaveTheSeveritiesOfTheirPage()
    {
        var page = File.ReadAllText(Path.Combine(feed.Repository, "docs", "presets.md"));
        var presets = PresetRow().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(7, presets.Count);
        var solution = feed.NewFolder("AllPresets");
        solution.Write("All.slnx",
            $"<Solution>{string.Concat(presets.Select(preset => $"<Project Path=\"{preset}/{preset}.csproj\" />"))}</Solution>");
        solution.Write("Directory.Build.targets", """
            <Project><PropertyGroup><ErrorLog>$(MSBuildProjectDirectory)/findings.sarif,version=2.1</ErrorLog></PropertyGroup></Project>
            """);
        foreach (var preset in presets)
        {
            solution.Write($"{preset}/{preset}.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><NoWarn>CS1998</NoWarn>
                    <AsyncGuardPreset>{preset}</AsyncGuardPreset>
                  </PropertyGroup>
                  <ItemGroup><PackageReference Include="AsyncGuard" Version="{feed.Version}" PrivateAssets="all" /></ItemGroup>
                </Project>
                """);
            solution.Write($"{preset}/Faults.cs", Faults);
            solution.Write($"{preset}/AsyncGuard.Faults.txt", "nonsense");
        }

        (await DotNet.RunAsync(solution.Folder, "build", "All.slnx")).RequireSuccess();

        var rules = RuleRow().Matches(File.ReadAllText(Path.Combine(feed.Repository, "docs", "README.md")))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        foreach (var preset in presets)
        {
            var cells = Regex.Match(page, $@"^\| `{preset}` \| (.*) \|", RegexOptions.Multiline).Groups[1].Value.Split(" | ");
            var expected = FaultsOf.Select(rule => (rule.Id, Says: cells[rule.Category]))
                .Select(rule => $"{rule.Id} {(rule.Says == "as it comes" ? rules[rule.Id] : rule.Says)}")
                .Where(severity => !severity.EndsWith(" silent", StringComparison.Ordinal));
            Assert.Equal(expected, Severities(solution.Read($"{preset}/findings.sarif")), StringComparer.Ordinal);
        }
    }

    private static IEnumerable<string> Severities(string sarif)
    {
        using var log = JsonDocument.Parse(sarif);
        return
        [
            .. log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                .Select(result => (Id: result.GetProperty("ruleId").GetString()!, Level: result.GetProperty("level").GetString()))
                .Where(result => result.Id.StartsWith("AGD", StringComparison.Ordinal))
                .Select(result => $"{result.Id} {(result.Level == "note" ? "suggestion" : result.Level)}").Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static void SetPreset(UserProject project, string preset) =>
        project.Write("Directory.Build.props",
        $"<Project><PropertyGroup><AsyncGuardPreset>{preset}</AsyncGuardPreset></PropertyGroup></Project>");

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex PresetRow();

    [GeneratedRegex(@"^\| \[(AGD\d+)\]\([^)]*\) \| [^|]* \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex RuleRow();
}
