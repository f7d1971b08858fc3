using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>Presets set whole categories; what the user says of a rule or a category wins.</summary>
public sealed class PresetTests(PackageFeed feed)
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
                     ("tests", []),
                     ("desktop", [BlockingFinding]),
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

    private static void SetPreset(UserProject project, string preset) =>
        project.Write("Directory.Build.props",
        $"<Project><PropertyGroup><AsyncGuardPreset>{preset}</AsyncGuardPreset></PropertyGroup></Project>");
}
