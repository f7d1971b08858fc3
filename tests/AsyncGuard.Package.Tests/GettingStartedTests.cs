using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>
/// docs/getting-started.md, followed word for word by a user who has a clone and the SDK, and an empty home folder.
/// </summary>
public sealed partial class GettingStartedTests(PackageFeed feed)
{
    [Fact]
    public async Task Page_FollowedWordForWord_LeadsFromAnEmptyFolderToTheFixedProgram()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands of the page are run by bash.");
        var home = feed.NewEmptyFolder("home");
        var steps = Steps(File.ReadAllText(Path.Combine(feed.Repository, "docs", "getting-started.md")).ReplaceLineEndings("\n")).ToList();
        Assert.True(steps.Count(step => step.Language == "sh") >= 5, "The page has fewer commands than it should");

        // The first block packs. It does so without a build and with the packages of this machine: with an empty home folder, the restore
        // would point the working copy there.
        Assert.All(steps[0].Text.Split('\n'),
            command => Assert.Matches("^dotnet pack src/AsyncGuard(.Cli)? -o ~/asyncguard-packages$", command));
        foreach (var command in steps[0].Text.Split('\n'))
            (await DotNet.RunAsync(feed.Repository,
                [.. command.Replace("~", home).Split(' ').Skip(1), "--no-build", "-c", PackageFeed.Configuration])).RequireSuccess();
        steps.RemoveAt(0);

        var run = await DotNet.RunProgramAsync("env", home, $"HOME={home}", $"DOTNET_CLI_HOME={home}", "bash", "-euc", Script(steps));
        run.RequireSuccess();

        // What the page shows below a command is what the command printed.
        var outputs = run.Output.Split("=== step ").Skip(1)
            .ToDictionary(part => int.Parse(part[..part.IndexOf('\n')]), part => part.ReplaceLineEndings("\n"));
        var last = "";
        for (var i = 0; i < steps.Count; i++)
        {
            if (outputs.TryGetValue(i, out var output)) last = output;
            if (steps[i].Language != "text") continue;
            foreach (var line in steps[i].Text.Split('\n'))
                Assert.True(last.Contains(line, StringComparison.Ordinal), $"The page shows\n  {line}\nbut the command printed\n{last}");
        }

        Assert.Equal(Assert.Single(steps, step => step.Language == "csharp result").Text,
            File.ReadAllText(Path.Combine(home, "first", "Program.cs")).ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.True(File.Exists(Path.Combine(home, "first", "report.html")) && File.Exists(Path.Combine(home, "first", "findings.sarif")),
            run.ToString());
    }

    private static string Script(List<(string Language, string Text)> steps)
    {
        var script = new StringBuilder();
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Language == "csharp") script.Append($"cat > Program.cs <<'END_OF_FILE'\n{steps[i].Text}\nEND_OF_FILE\n");
            if (steps[i].Language == "sh") script.Append($"echo '=== step {i}'\n{steps[i].Text}\n");
        }

        return script.Append("echo 'the page ends'\n").ToString();
    }

    private static IEnumerable<(string Language, string Text)> Steps(string page) =>
        Block().Matches(page).Select(match => (match.Groups[1].Value, match.Groups[2].Value))
        .Where(block => block.Item1 is "sh" or "text" or "csharp" or "csharp result");

    [GeneratedRegex(@"^```([a-z ]*)\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
