using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>Restored from a feed into a project of its own, the package warns, fixes and obeys.</summary>
public sealed class PackageInUseTests(PackageFeed feed)
{
    private const string Orders =
        """
        public static class Orders
        {
            public static async Task<string> ReadAsync(string path, Task<int> count, CancellationToken cancellationToken)
            {
                await Task.Yield();
                Thread.Sleep(100);
                var text = File.ReadAllText(path);
                return text + count.Result;
            }
        }
        """;

    private const string FixedOrders =
        """
        public static class Orders
        {
            public static async Task<string> ReadAsync(string path, Task<int> count, CancellationToken cancellationToken)
            {
                await Task.Yield();
                await Task.Delay(100, cancellationToken);
                var text = await File.ReadAllTextAsync(path, cancellationToken);
                return text + await count;
            }
        }
        """;

    private const string Delays =
        """
        public static class Delays
        {
            public static async Task WaitAsync(CancellationToken cancellationToken)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Task.Delay(1);
            }
        }
        """;

    [Fact]
    public async Task Build_Warns_FormatFixes_NextBuildIsClean()
    {
        var project = feed.NewProject("Shop", ("Orders.cs", Orders));

        (await project.BuildAsync("-p:ErrorLog=findings.sarif%2Cversion=2.1")).RequireSuccess()
            .RequireFindings("warning AGD0101 Orders.cs", "warning AGD0102 Orders.cs", "warning AGD0103 Orders.cs");
        RequireHelpLinks(project.Read("findings.sarif"));

        (await project.FormatAnalyzersAsync("AGD0101", "AGD0102", "AGD0103")).RequireSuccess();
        Assert.Equal(FixedOrders.ReplaceLineEndings("\n"), project.Read("Orders.cs"));

        (await project.BuildAsync("--no-restore")).RequireSuccess().RequireFindings();
    }

    [Fact]
    public async Task Severity_ComesFromTheUser()
    {
        var project = feed.NewProject(
            "Severities",
            ("Pragma.cs",
                "static class Pragma\n{\n#pragma warning disable AGD0101\n    public static async Task M() { await Task.Yield(); Thread.Sleep(1); }\n#pragma warning restore AGD0101\n}"),
            ("Attribute.cs", """
                using System.Diagnostics.CodeAnalysis;

                static class Attribute
                {
                    [SuppressMessage("AsyncGuard.Blocking", "AGD0101", Justification = "Tested")]
                    public static async Task M() { await Task.Yield(); Thread.Sleep(1); }
                }
                """),
            ("Silenced.cs", "static class Silenced\n{\n    public static async Task M() { await Task.Yield(); Thread.Sleep(1); }\n}"),
            ("Raised.cs", Delays),
            ("Plain.cs", "static class Plain\n{\n    public static async Task M() { await Task.Yield(); Thread.Sleep(1); }\n}"),
            (".editorconfig",
                "root = true\n[Silenced.cs]\ndotnet_diagnostic.AGD0101.severity = none\n[Raised.cs]\ndotnet_diagnostic.AGD0301.severity = warning"));

        (await project.BuildAsync()).RequireSuccess().RequireFindings("warning AGD0101 Plain.cs", "warning AGD0301 Raised.cs");

        var strict = await project.BuildAsync("--no-restore", "-warnaserror:AGD0101");
        Assert.True(strict.ExitCode != 0, strict.ToString());
        strict.RequireFindings("error AGD0101 Plain.cs", "warning AGD0301 Raised.cs");
    }

    // Three projects in a row: each sees the reference assembly of the one before it. The last writes nothing and has no project to say so.
    [Fact]
    public async Task Summaries_LeadThroughThreeProjects()
    {
        feed.NewProject("ChainFiles", ("Directory.Build.props", Summaries()),
            ("PriceFile.cs",
                "namespace Data;\n\npublic static class PriceFile { public static string Read(string path) => File.ReadAllText(path); }"));
        feed.NewProject(
            "ChainPrices",
            ("Directory.Build.props", Summaries("ChainFiles")),
            ("Prices.cs",
                "using Data;\n\nnamespace Pricing;\n\npublic interface IPrices { string Load(); }\ninternal sealed class Prices : IPrices { public string Load() => Parse(); private static string Parse() => PriceFile.Read(\"prices\"); }\npublic static class Registration { public static IPrices Create() => new Prices(); }"));
        var shop = feed.NewProject(
            "ChainShop",
            ("Directory.Build.props",
                "<Project><ItemGroup><ProjectReference Include=\"../ChainPrices/ChainPrices.csproj\" /></ItemGroup></Project>"),
            ("Shop.cs",
                "public static class Shop { public static async Task<string> ShowAsync(Pricing.IPrices prices) { await Task.Yield(); return prices.Load(); } }"));

        var build = (await shop.BuildAsync()).RequireSuccess().RequireFindings("warning AGD0105 Shop.cs");
        Assert.Contains("'Load' blocks the thread in async code: Load → Parse → Read → File.ReadAllText;", build.Output);

        Assert.DoesNotContain("DesignTime.globalconfig", (await shop.ReadItemsAsync("GlobalAnalyzerConfigFiles")).RequireSuccess().Output);
        Assert.Contains("DesignTime.globalconfig",
            (await shop.ReadItemsAsync("GlobalAnalyzerConfigFiles", "-p:DesignTimeBuild=true")).RequireSuccess().Output);

        static string Summaries(params string[] references) =>
            $"<Project><PropertyGroup><AsyncGuardSummaries>true</AsyncGuardSummaries><TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisMode>Recommended</AnalysisMode><GenerateDocumentationFile>true</GenerateDocumentationFile><NoWarn>CS1591</NoWarn></PropertyGroup><ItemGroup>{string.Concat(references.Select(name => $"<ProjectReference Include=\"../{name}/{name}.csproj\" />"))}</ItemGroup></Project>";
    }

    private static void RequireHelpLinks(string sarif)
    {
        var rules = JsonDocument.Parse(sarif).RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver")
            .GetProperty("rules");
        var links = rules.EnumerateArray()
            .Where(rule => rule.GetProperty("id").GetString()!.StartsWith("AGD", System.StringComparison.Ordinal))
            .ToDictionary(rule => rule.GetProperty("id").GetString()!, rule => rule.GetProperty("helpUri").GetString()!);

        Assert.All(new[] { "AGD0101", "AGD0102", "AGD0103" },
            id => Assert.True(links.ContainsKey(id), $"The SARIF file does not describe {id}"));
        Assert.All(links, link => Assert.EndsWith($"/docs/rules/{link.Key}.md", link.Value));
        Assert.All(links, link => Assert.Equal(link.Key, Path.GetFileNameWithoutExtension(link.Value)));
    }
}
