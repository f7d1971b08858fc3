using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Cli.Tests;

public sealed class AuditTests(InstalledTool tool)
{
    [Fact]
    public async Task Audit_Solution_ReportsEachPlaceOnce_AndChangesNoFile()
    {
        var target = tool.NewTarget("audit", Solutions.TwoProjects);
        (await target.DotNetAsync("restore", "Demo.slnx")).RequireSuccess();
        var before = target.Snapshot();

        var result = await target.ToolAsync("audit", ".");

        Assert.Equal(before, target.Snapshot());
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(1, Count(result.Output, "Lib/Lib.cs(9,9): warning: 'Thread.Sleep'"));
        Assert.Contains("AGD0105 ", result.Output);
        Assert.Contains("→ App/Program.cs(15,29): private void Parse() => Thread.Sleep(5);", result.Output);
        Assert.Contains("in 3 projects", result.Output);

        // Those that others reference first; the count is that of the project.
        foreach (var line in new[] { "[1/3] Lib(net10.0): 4 findings", "[2/3] Lib(netstandard2.1): 4 findings", "[3/3] App: 5 findings" })
            Assert.True(result.Output.Contains(line, StringComparison.Ordinal), result.ToString());
    }

    [Fact]
    public async Task Audit_SolutionFilter_TakesItsProjectsAlone()
    {
        var target = tool.NewTarget("filter",
        [
            .. Solutions.TwoProjects, ("Demo.sln", Solutions.Classic),
            ("Lib.slnf", """{ "solution": { "path": "Demo.sln", "projects": [ "Lib\\Lib.csproj" ] } }"""),
        ]);

        var result = await target.ToolAsync("audit", "Lib.slnf", "--rules", "AGD0101");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Lib/Lib.cs(9,9): warning: 'Thread.Sleep'", result.Output);
        Assert.DoesNotContain("App/", result.Output);
        Assert.True(result.Output.Contains("in 2 projects", StringComparison.Ordinal), result.ToString());
    }

    [Fact]
    public async Task Audit_SarifAndHtml_HoldTheFindings_AndRunNothingOfTheCode()
    {
        var target = tool.NewTarget("reports", [.. Solutions.TwoProjects, ("Demo.sln", Solutions.Classic)]);

        var result =
            await target.ToolAsync("audit", "Demo.sln", "--sarif", "out/findings.sarif", "--html", "out/report.html", "--fail-on",
            "never");

        Assert.True(result.ExitCode == 0, result.ToString());
        using var sarif = JsonDocument.Parse(target.Read("out/findings.sarif"));
        var run = sarif.RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        Assert.All(rules, rule => Assert.NotEmpty(rule.GetProperty("fullDescription").GetProperty("text").GetString()!));
        Assert.All(rules, rule =>
        {
            var page = rule.GetProperty("helpUri").GetString()!;
            Assert.EndsWith($"/docs/rules/{rule.GetProperty("id").GetString()}.md", page);
            var help = rule.GetProperty("help");
            Assert.EndsWith($" See {page}", help.GetProperty("text").GetString());
            Assert.EndsWith($"]({page}).", help.GetProperty("markdown").GetString());
            Assert.DoesNotContain("..", help.GetProperty("text").GetString());
        });
        // The schema wants each tag once.
        Assert.All(rules, rule =>
        {
            var tags = rule.GetProperty("properties").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()).ToList();
            Assert.Contains("async", tags);
            Assert.Equal(tags.Distinct(), tags);
        });
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.All(results,
            found => Assert.Equal(found.GetProperty("ruleId").GetString(),
                rules[found.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
        var indirect = Assert.Single(results, found => found.GetProperty("ruleId").GetString() == "AGD0105");
        var steps = indirect.GetProperty("codeFlows")[0].GetProperty("threadFlows")[0].GetProperty("locations");
        Assert.Equal(3, steps.GetArrayLength());
        Assert.Equal("App/Program.cs",
            steps[0].GetProperty("location").GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri")
                .GetString());

        var html = target.Read("out/report.html");
        Assert.Contains("default-src 'none'", html);
        Assert.DoesNotContain("<script>alert(1)", html);
        Assert.Contains("\\u003Cscript\\u003Ealert(1)", html);
        Assert.Equal(["report.html", "findings.sarif"],
            Directory.GetFiles(target.PathOf("out")).Select(Path.GetFileName).OrderDescending());
    }

    [Fact]
    public async Task Audit_ProjectThatCannotBeLoaded_IsNamed_AndTheOthersAreReported()
    {
        var target =
            tool.NewTarget("broken",
            [.. Solutions.TwoProjects,
                ("Lib/Lib.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework>")]);
        target.Write("App/App.csproj", Solutions.App.Replace("<ProjectReference Include=\"../Lib/Lib.csproj\" />", ""));
        (await target.DotNetAsync("restore", "App/App.csproj")).RequireSuccess();

        var result = await target.ToolAsync("audit", "Demo.slnx", "--fail-on", "never");

        Assert.Contains("not loaded: ", result.Output);
        Assert.Contains("Lib.csproj", result.Output);
        Assert.Contains("App/Program.cs(7,9)", result.Output);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(0, (await target.ToolAsync("audit", "Demo.slnx", "--fail-on", "never", "--allow-unloaded")).ExitCode);
    }

    [Theory]
    [InlineData("audit", "missing", "'missing' does not exist")]
    [InlineData("audit", "text.txt", "neither a solution nor a C# project")]
    [InlineData("audit", "empty", "holds neither a solution nor a C# project")]
    public async Task Audit_NothingToLoad_SaysWhy_WithExitCode2(string command, string path, string message)
    {
        var target = tool.NewTarget("nothing-" + path, ("text.txt", "text"), ("empty/text.txt", "text"));

        var result = await target.ToolAsync(command, path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Output);
    }

    [Fact]
    public async Task Audit_SdkThatIsNotInstalled_IsNamed_WithoutAStackTrace()
    {
        var target = tool.NewTarget("sdk", ("App/App.csproj", Solutions.Library),
            ("global.json", """{ "sdk": { "version": "9.0.999", "rollForward": "disable" } }"""));

        var result = await target.ToolAsync("audit", "App", "--sarif", "a.sarif");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("error: 'App.csproj' cannot be loaded: A compatible .NET SDK was not found. Requested SDK version: 9.0.999",
            result.Output);
        Assert.DoesNotContain(" at ", result.Output);
        Assert.False(File.Exists(target.PathOf("a.sarif")));
    }

    [Fact]
    public async Task Audit_ProjectWithThePackage_ObeysItsConfiguration()
    {
        var target =
            tool.NewTarget("configured",
            [.. Solutions.OneProjectWithPackage, (".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.AGD0101.severity = none\n")]);

        var result = await target.ToolAsync("audit", "App/App.csproj");

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("AGD0101", result.Output);
        Assert.Contains("AGD0103", result.Output);
    }

    [Fact]
    public async Task Audit_Project_ReportsIt_AndNotWhatItReferences()
    {
        var target = tool.NewTarget("project", Solutions.TwoProjects);

        var result = await target.ToolAsync("audit", "App");

        Assert.Contains("Program.cs(7,9): warning: 'Thread.Sleep'", result.Output);
        Assert.DoesNotContain("Lib.cs", result.Output);
        Assert.Contains("in 1 projects", result.Output);
    }

    [Fact]
    public async Task Audit_FolderWithoutASolution_TakesTheProjectsBelowIt()
    {
        var target = tool.NewTarget("folder",
            [.. Solutions.TwoProjects.Where(file => file.Path != "Demo.slnx"),
                ("App/bin/Old/Old.csproj", "<Project />"), (".git/Hidden.csproj", "<Project />")]);

        var result = await target.ToolAsync("audit", ".");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("App/Program.cs(7,9): warning: 'Thread.Sleep'", result.Output);
        Assert.Contains("Lib/Lib.cs(9,9): warning: 'Thread.Sleep'", result.Output);
        Assert.Contains("in 3 projects", result.Output);
    }

    // What the compiler reads in such a file, and so what stands in a baseline.
    [Fact]
    public async Task Audit_FileOfACodePage_ShowsItsCharacters()
    {
        var target = tool.NewTarget("code-page", ("App/App.csproj", Solutions.Library));
        target.WriteBytes("App/App.cs", System.Text.Encoding.Latin1.GetBytes(Solutions.Sleeper("App", " File.ReadAllText(\"\u00e9t\u00e9\");")));

        (await target.ToolAsync("audit", "App", "--sarif", "a.sarif", "--fail-on", "never")).RequireSuccess();
        (await target.ToolAsync("baseline", "write", "App")).RequireSuccess();

        Assert.Contains("| File.ReadAllText(\"\u00e9t\u00e9\")", target.Read("App/AsyncGuardBaseline.txt"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
