using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using AsyncGuard.Package.Tests;
using Xunit;

namespace AsyncGuard.Cli.Tests;

/// <summary>The report as a browser shows it: headless Chromium, Debian's package <c>chromium</c>.</summary>
public sealed class HtmlReportTests(InstalledTool tool)
{
    // Each would take effect, were it put into the page as HTML or as script.
    private const string Hostile =
        """
        public class Wörker_ªŒ
        {
            public async Task RunAsync(CancellationToken token)
            {
                var a = File.ReadAllText("</script><script>document.title='run'</script>");
                var b = File.ReadAllText("<!--<script>"); // <img src=x onerror="document.title='run'">
                var c = File.ReadAllText("'\"><svg/onload=document.title='run'>" + "\u2028" + "${document.title='run'}" + "/*DATA*/" + "]]>");
                await Task.Delay(10, token); /* <style>*{display:none}</style> &lt;b&gt; &amp; */
                Load();
            }

            private void Load() => Parse();
            private void Parse() => Thread.Sleep("<i>".Length);
        }
        """;

    private const string NoBrowser = "There is no Chromium here, and .ci/run could not install it (Debian's package 'chromium').";

    // The audits, done once: the tests of a class run one after the other.
    private static Task<string>? s_hostile;
    private static Task<string>? s_plain;

    private const string HostileFile = "App/<img src=x onerror=document.title='run'> & \"quoted\".cs";

    [Fact]
    public async Task Report_InABrowser_ShowsCodeAndPaths_AndRunsNothingOfThem()
    {
        var page = await DumpAsync(await HostileReportAsync(), "");

        Assert.Contains("<title>AsyncGuard: Demo.slnx</title>", page);
        Assert.Equal(0, Elements(page, "img") + Elements(page, "svg") + Elements(page, "i"));
        Assert.Equal(1, Elements(page, "style"));
        Assert.Equal(2, Elements(page, "script"));
        var shown = page[page.IndexOf("id=\"findings\"", StringComparison.Ordinal)..];
        Assert.Contains("&lt;/script&gt;&lt;script&gt;document.title='run'&lt;/script&gt;", shown);
        Assert.Contains("&lt;img src=x onerror=\"document.title='run'\"&gt;", shown);
        Assert.Contains("App/&lt;img src=x onerror=document.title='run'&gt; &amp; \"quoted\".cs:5:", shown);
        Assert.Contains("&amp;lt;b&amp;gt; &amp;amp;", shown);
        Assert.Contains("<ol class=\"path\">", shown);
        Assert.Contains("private void Parse() =&gt; Thread.Sleep(", shown);
    }

    [Theory]
    [InlineData("search", "→ Thread.Sleep", 1)]
    [InlineData("search", "agd0103 <SVG/onload", 3)]
    [InlineData("search", "no such words", 0)]
    [InlineData("rule", "AGD0105", 1)]
    [InlineData("project", "App", 4)]
    [InlineData("cause", "0", 1)]
    public async Task Report_IsSearchedAndFiltered(string control, string value, int expected)
    {
        var page = await DumpAsync(await HostileReportAsync(),
            $"const box = document.getElementById('{control}'); box.value = {System.Text.Json.JsonSerializer.Serialize(value)}; box.dispatchEvent(new Event(box.tagName === 'SELECT' ? 'change' : 'input'));");

        Assert.Equal(expected, Elements(page, "article"));
        Assert.Matches($"id=\"count\"[^>]*>{expected} of \\d+<", page);
        Assert.Equal(expected > 0, Regex.IsMatch(page, "id=\"empty\"[^>]*hidden"));
    }

    // What mends most places with one change stands first, with its places, then the next; what has no path to it comes last.
    [Fact]
    public async Task Report_HasTheCausesOfMostPlacesFirst()
    {
        var report = await File.ReadAllTextAsync(await PlainReportAsync(needsBrowser: false), TestContext.Current.CancellationToken);

        using var data = JsonDocument.Parse(Regex.Match(report, "id=\"data\">(.*?)</script>").Groups[1].Value);
        Assert.Equal(["App/Prices.cs:3 5", "App/Prices.cs:5 2", "App/Program.cs:15 1"],
            data.RootElement.GetProperty("causes").EnumerateArray().Select(cause =>
                $"{cause.GetProperty("path")}:{cause.GetProperty("line")} {cause.GetProperty("places")}"));
        Assert.Equal(
            [
                "AGD0105 App/Prices.cs:3 cause 0", "AGD0105 App/Prices.cs:13 cause 1", "AGD0105 App/Prices.cs:14 cause 1",
                "AGD0105 App/Program.cs:11 cause 2", "AGD0101 App/Program.cs:7 cause ", "AGD0101 Lib/Lib.cs:9 cause ",
                "AGD0103 App/Program.cs:8 cause ", "AGD0103 Lib/Lib.cs:10 cause ",
                "AGD0302 App/Program.cs:5 cause ", "AGD0302 Lib/Lib.cs:7 cause ",
                .. Enumerable.Range(10, 5).Select(line => $"AGD0112 App/Prices.cs:{line} cause 0"),
                "AGD0301 App/Program.cs:10 cause ", "AGD0301 Lib/Lib.cs:11 cause ",
            ],
            data.RootElement.GetProperty("findings").EnumerateArray().Select(finding =>
                $"{finding.GetProperty("rule")} {finding.GetProperty("path")}:{finding.GetProperty("line")} cause {finding.GetProperty("cause")}"));
    }

    // The places that lead to a cause are no path.
    [Fact]
    public async Task Sarif_OfACause_HasItsPlacesAsRelatedLocations()
    {
        using var sarif = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.ChangeExtension(await PlainReportAsync(needsBrowser: false), "sarif"),
                TestContext.Current.CancellationToken));

        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();
        var cause = Assert.Single(results, result => result.TryGetProperty("relatedLocations", out _));
        Assert.Equal("AGD0105", cause.GetProperty("ruleId").GetString());
        Assert.False(cause.TryGetProperty("codeFlows", out _));
        Assert.Equal([10, 11, 12, 13, 14], cause.GetProperty("relatedLocations").EnumerateArray()
            .Select(place => place.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32()));
    }

    // ASYNCGUARD_BLESS=1 keeps them for docs/cli.md.
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Screenshot_InBothThemes_HasItsOwnBackground(string theme)
    {
        var report = await PlainReportAsync();
        var image = Path.ChangeExtension(report, theme + ".png");
        (await ChromiumAsync(report, "--window-size=1280,1600", "--hide-scrollbars",
            "--run-all-compositor-stages-before-draw", "--screenshot=" + image,
            $"file://{report}#{theme}")).RequireSuccess();
        var dom = await ChromiumAsync(report, "--dump-dom", $"file://{report}#{theme}");

        Assert.Contains($"data-theme=\"{theme}\"", dom.Output);
        Assert.True(new FileInfo(image).Length > 20_000, $"{image} has {new FileInfo(image).Length} bytes: an empty page");
        if (Environment.GetEnvironmentVariable("ASYNCGUARD_BLESS") == "1")
            File.Copy(image, Path.Combine(InstalledTool.Repository, "docs", "images", $"report-{theme}.png"), overwrite: true);
    }

    private Task<string> HostileReportAsync()
    {
        Assert.SkipWhen(Browser is null, NoBrowser);
        return s_hostile ??= AuditAsync("hostile",
            [.. Solutions.TwoProjects.Where(file => file.Path != "App/Program.cs"),
                ("App/Program.cs", "await new Wörker_ªŒ().RunAsync(CancellationToken.None);"), (HostileFile, Hostile)]);
    }

    private Task<string> PlainReportAsync(bool needsBrowser = true)
    {
        Assert.SkipWhen(needsBrowser && Browser is null, NoBrowser);
        return s_plain ??= AuditAsync("plain", [.. Solutions.TwoProjects, ("App/Prices.cs", Solutions.Causes)]);
    }

    private async Task<string> AuditAsync(string name, (string Path, string Text)[] files)
    {
        var target = tool.NewTarget(name, files);
        var result = await target.ToolAsync("audit", "Demo.slnx", "--html", "report.html", "--sarif", "report.sarif", "--fail-on", "never");
        Assert.True(result.ExitCode == 0, result.ToString());
        return target.PathOf("report.html");
    }

    // The page after its script has run, and after one more that plays the user.
    private static async Task<string> DumpAsync(string report, string script)
    {
        var played = Path.ChangeExtension(report, $"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(played,
            (await File.ReadAllTextAsync(report)).Replace("</body>",
                script.Length == 0 ? "</body>" : $"<script>{script.Replace("<", "\\u003C")}</script></body>"));
        return (await ChromiumAsync(report, "--dump-dom", "file://" + played)).RequireSuccess().Output;
    }

    private static Task<CommandResult> ChromiumAsync(string report, params string[] arguments) =>
        DotNet.RunProgramAsync(
            Browser!, Path.GetDirectoryName(report)!,
            ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000",
                $"--user-data-dir={Path.ChangeExtension(report, "profile")}", .. arguments]);

    private static string? Browser { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static int Elements(string page, string name) => Regex.Matches(page, $"<{name}[\\s>]").Count;
}
