using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AsyncGuard.Package.Tests;
using Xunit;

namespace AsyncGuard.Cli.Tests;

/// <summary>What docs/ci.md says of files: the filter for GitLab and the joining of shards, run over what the tool writes.</summary>
public sealed partial class CiRecipesTests(InstalledTool tool)
{
    private const string NoJq = "There is no jq here, and .ci/run could not install it (Debian's package 'jq').";

    private static string Page { get; } = File.ReadAllText(Path.Combine(InstalledTool.Repository, "docs", "ci.md"))
        .ReplaceLineEndings("\n");

    [Fact]
    public async Task Filter_OfThePage_MakesCodeQualityOfSarif_AndShardsAreJoined()
    {
        Assert.SkipWhen(Jq is null, NoJq);
        var target = tool.NewTarget("recipes", Solutions.TwoProjects);
        await target.ToolAsync("audit", "Demo.slnx", "--sarif", "sarif/a.sarif", "--fail-on", "never");
        File.Copy(target.PathOf("sarif/a.sarif"), target.PathOf("sarif/b.sarif"));
        target.Write("code-quality.jq", Filter().Match(Page).Groups[1].Value);

        using var sarif = JsonDocument.Parse(target.Read("sarif/a.sarif"));
        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();
        using var quality =
            JsonDocument.Parse(
            (await DotNet.RunProgramAsync(Jq!, target.PathOf("."), "-f", "code-quality.jq", "sarif/a.sarif")).RequireSuccess().Output);
        var issues = quality.RootElement.EnumerateArray().ToList();

        Assert.Equal(results.Select(result => result.GetProperty("ruleId").GetString()),
            issues.Select(issue => issue.GetProperty("check_name").GetString()));
        Assert.All(issues,
            issue => Assert.Contains(issue.GetProperty("severity").GetString(), new[] { "critical", "major", "minor", "info" }));
        Assert.All(issues, issue => Assert.True(issue.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32() > 0));
        Assert.Contains(issues, issue => issue.GetProperty("location").GetProperty("path").GetString() == "App/Program.cs");
        Assert.All(issues, issue => Assert.NotEmpty(issue.GetProperty("fingerprint").GetString()!));

        var join = Join().Match(Page).Groups[1].Value;
        using var all =
            JsonDocument.Parse(
            (await DotNet.RunProgramAsync(Jq!, target.PathOf("."), "-s", join, "sarif/a.sarif", "sarif/b.sarif")).RequireSuccess().Output);
        Assert.Equal("2.1.0", all.RootElement.GetProperty("version").GetString());
        Assert.Equal([results.Count, results.Count],
            all.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("results").GetArrayLength()));
    }

    private static string? Jq { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "jq")).FirstOrDefault(File.Exists);

    [GeneratedRegex("```jq\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Filter();

    [GeneratedRegex("^jq -s '(.*?)' artifacts", RegexOptions.Multiline)]
    private static partial Regex Join();
}
