using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>
/// A solution of the SDK's templates with the package in all of its projects, as docs/getting-started.md has it for a whole solution:
/// built, mended and built again. <c>ASYNCGUARD_BLESS=1</c> keeps the log as docs/walk-through.md.
/// </summary>
public sealed partial class WalkThroughTests(PackageFeed feed)
{
    private static readonly (string Template, string Name)[] Projects =
        [("web", "Web"), ("worker", "Poller"), ("classlib", "Library"), ("blazor", "Site"), ("xunit", "Checks")];

    private static readonly (string Path, string Text)[] Sources =
    [
        ("Web/Terms.cs", """
            public static class Terms
            {
                public static async Task<string> GetAsync(HttpContext context)
                {
                    var terms = File.ReadAllText("terms.txt");
                    await File.AppendAllTextAsync("visits.log", "terms\n");
                    return terms;
                }
            }
            """),
        ("Poller/Prices.cs", """
            namespace Poller;

            public sealed class Prices(ILogger<Prices> logger) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                {
                    while (true)
                    {
                        logger.LogInformation("polling");
                        Thread.Sleep(1000);
                        await Task.Delay(1000);
                    }
                }
            }
            """),
        // One of its frameworks lacks what another one's fix could write: ReadToEndAsync(CancellationToken).
        ("Library/Store.cs", """
            using System.IO;
            using System.Threading;
            using System.Threading.Tasks;

            namespace Library;

            public class Store
            {
                public async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
                {
                    await Task.Delay(1, cancellationToken);
                    return reader.ReadToEnd();
                }
            }
            """),
        ("Site/Components/Pages/Rates.razor", "@page \"/rates\"\n<button @onclick=\"LoadAsync\">Load</button> @_rates"),
        ("Site/Components/Pages/Rates.razor.cs", """
            using Microsoft.AspNetCore.Components;

            namespace Site.Components.Pages;

            public partial class Rates : ComponentBase
            {
                private string _rates = "";

                private async Task LoadAsync()
                {
                    await Task.Yield();
                    _rates = File.ReadAllText("rates.txt");
                }
            }
            """),
        ("Checks/RatesTests.cs", """
            namespace Checks;

            public class RatesTests
            {
                [Fact]
                public async Task Rates_AreThereAfterAWhile()
                {
                    await Task.Yield();
                    Thread.Sleep(10);
                }
            }
            """),
    ];

    private static readonly string[] Shown = ["successfully", "added to the", "warning ", "Warning(s)", "Error(s)"];

    private static readonly string[] Expected =
    [
        "warning AGD0103 Terms.cs", "warning AGD0101 Prices.cs", "warning AGD0303 Prices.cs", "warning AGD0103 Store.cs",
        "warning AGD0103 Rates.razor.cs", "warning AGD0101 RatesTests.cs",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Templates_WithThePackageInAllOfThem_BuildWarnMendAndAreClean(bool isCentral)
    {
        var solution = feed.NewFolder(isCentral ? "WalkCentral" : "WalkPlain");
        var log = new List<string>();
        await RunAsync("new", "sln", "-n", "All");
        if (isCentral)
        {
            await RunAsync("new", "packagesprops");
            solution.Write("Directory.Packages.props", Block("<GlobalPackageReference"));
            await WriteSourcesAsync(solution);
        }
        else solution.Write("Directory.Build.props", Block("<PackageReference"));

        foreach (var (template, name) in Projects) await RunAsync("new", template, "-o", name, "--no-restore");
        await RunAsync(["sln", "add", .. Projects.Select(project => project.Name)]);
        if (isCentral) MoveVersions(solution);
        solution.Write("Library/Library.csproj", solution.Read("Library/Library.csproj").Replace("<TargetFramework>net10.0</TargetFramework>",
            "<TargetFrameworks>net10.0;net8.0;netstandard2.0</TargetFrameworks>\n    <LangVersion>latest</LangVersion>",
            StringComparison.Ordinal));
        foreach (var (path, text) in Sources) solution.Write(path, text);
        var restore = await DotNet.RunAsync(solution.Folder, "restore");
        Assert.SkipWhen(restore.Output.Contains("NU1301", StringComparison.Ordinal),
            "The packages of the templates cannot be restored here: " + restore.Output);
        Log("dotnet restore", restore.RequireSuccess());
        Assert.DoesNotContain("NU1507", restore.Output);

        (await RunAsync("build", "--no-restore")).RequireFindings(Expected);
        await RunAsync("format", "analyzers", "--no-restore", "--diagnostics", "AGD0101", "AGD0103", "AGD0301", "AGD0303", "--severity",
            "info");
        Assert.Contains("await File.ReadAllTextAsync(\"terms.txt\", context.RequestAborted)", solution.Read("Web/Terms.cs"));
        Assert.Contains("await Task.Delay(1000, stoppingToken)", solution.Read("Poller/Prices.cs"));
        Assert.Contains("await reader.ReadToEndAsync()", solution.Read("Library/Store.cs"));
        (await RunAsync("build", "--no-restore")).RequireFindings();
        if (Environment.GetEnvironmentVariable("ASYNCGUARD_BLESS") == "1") Keep(isCentral, log);

        Task<CommandResult> RunAsync(params string[] arguments) => LoggedAsync(solution, log, arguments);
        void Log(string command, CommandResult result) => log.AddRange(Lines(command, result, solution));
    }

    // As the page has them: the commands of its second step, and the mapping; restored to a folder of this run's own.
    private async Task WriteSourcesAsync(UserProject solution)
    {
        (await DotNet.RunAsync(solution.Folder, "new", "nugetconfig", "--force")).RequireSuccess();
        (await DotNet.RunAsync(solution.Folder, "nuget", "add", "source", feed.Feed, "--name", "asyncguard", "--configfile",
            "nuget.config")).RequireSuccess();
        var folder = $"<config><add key=\"globalPackagesFolder\" value=\"{feed.Packages}\" /></config>";
        solution.Write("nuget.config", solution.Read("nuget.config").Replace("</configuration>",
            $"{folder}\n{Block("<packageSourceMapping>")}\n</configuration>", StringComparison.Ordinal));
    }

    // That of the page which holds these words.
    private string Block(string words)
    {
        var page = File.ReadAllText(Path.Combine(feed.Repository, "docs", "getting-started.md")).ReplaceLineEndings("\n");
        var block = Xml().Matches(page).Select(match => match.Groups[1].Value)
            .Single(text => text.Contains(words, StringComparison.Ordinal));
        return block.Replace("\"0.1.0\"", $"\"{feed.Version}\"", StringComparison.Ordinal);
    }

    private static async Task<CommandResult> LoggedAsync(UserProject solution, List<string> log, string[] arguments)
    {
        var result = (await DotNet.RunAsync(solution.Folder, arguments)).RequireSuccess();
        log.AddRange(Lines("dotnet " + string.Join(' ', arguments), result, solution));
        return result;
    }

    // The page says it of the templates that bring packages: each version into the file for all, and out of the project.
    private static void MoveVersions(UserProject solution)
    {
        var versions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (_, name) in Projects)
        {
            var path = $"{name}/{name}.csproj";
            solution.Write(path, Versioned().Replace(solution.Read(path), match =>
            {
                versions.Add($"    <PackageVersion Include=\"{match.Groups[1].Value}\" Version=\"{match.Groups[2].Value}\" />\n");
                return $"<PackageReference Include=\"{match.Groups[1].Value}\"";
            }));
        }

        solution.Write("Directory.Packages.props", solution.Read("Directory.Packages.props").Replace("  </ItemGroup>",
            string.Concat(versions) + "  </ItemGroup>", StringComparison.Ordinal));
    }

    // What a reader looks for: without times, paths of this machine and the addresses of pages; each finding once.
    private static IEnumerable<string> Lines(string command, CommandResult result, UserProject solution) =>
    [
        "$ " + command,
        .. result.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("Restored", StringComparison.Ordinal)
                || Shown.Any(part => line.Contains(part, StringComparison.Ordinal)))
            .Select(line => Noise().Replace(line.Replace(solution.Folder + "/", "", StringComparison.Ordinal), "")).Distinct(),
    ];

    private void Keep(bool isCentral, List<string> log)
    {
        var page = Path.Combine(feed.Repository, "docs", "walk-through.md");
        var head = isCentral ? "## With central package management" : "## Without central package management";
        var text = File.ReadAllText(page).ReplaceLineEndings("\n");
        var start = text.IndexOf(head, StringComparison.Ordinal);
        var from = text.IndexOf("```text\n", start, StringComparison.Ordinal) + "```text\n".Length;
        var to = text.IndexOf("```", from, StringComparison.Ordinal);
        File.WriteAllText(page, text[..from] + string.Join('\n', log) + "\n" + text[to..]);
    }

    [GeneratedRegex("<PackageReference Include=\"([^\"]+)\" Version=\"([^\"]+)\"")]
    private static partial Regex Versioned();

    [GeneratedRegex("```xml\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Xml();

    [GeneratedRegex(@" \(https?://[^)]*\)| \[[^\]]*\]$| \(in [^)]*\)")]
    private static partial Regex Noise();
}
