using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Cli.Tests;

public sealed class FixTests(InstalledTool tool)
{
    [Fact]
    public async Task Fix_AllFrameworks_CompilesInEach_KeepsEncodingAndLineEndings_AndLeavesNothingForASecondRun()
    {
        var target = tool.NewTarget("fix", Solutions.TwoProjects);

        var dry = await target.ToolAsync("fix", "Demo.slnx", "--dry-run");
        Assert.True(dry.ExitCode == 0, dry.ToString());
        Assert.Contains("+        await Task.Delay(100, token);", dry.Output);
        Assert.Equal(Solutions.Program, target.Read("App/Program.cs"));

        var result = await target.ToolAsync("fix", "Demo.slnx");
        Assert.True(result.ExitCode == 0, result.ToString());
        var bytes = File.ReadAllBytes(target.PathOf("Lib/Lib.cs"));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes.Take(3));
        Assert.Equal(bytes.Count(b => b == '\n'), bytes.Count(b => b == '\r'));
        Assert.Contains("await Task.Delay(100, token);", target.Read("Lib/Lib.cs"));
        Assert.Contains("await reader.ReadToEndAsync();", target.Read("Lib/Lib.cs"));
        Assert.Contains("await File.ReadAllTextAsync(", target.Read("App/Program.cs"));
        (await target.DotNetAsync("build", "Demo.slnx")).RequireSuccess();
        Assert.Empty(Directory.GetFiles(target.PathOf("."), "*.asyncguard*", SearchOption.AllDirectories));

        var again = await target.ToolAsync("fix", "Demo.slnx");
        Assert.Contains("0 findings fixed in 0 files", again.Output);
    }

    [Fact]
    public async Task Fix_OneRule_LeavesTheOthersAlone()
    {
        var target = tool.NewTarget("fix-one", Solutions.OneProjectWithPackage);

        var result = await target.ToolAsync("fix", "App", "--rules", "AGD0101");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("await Task.Delay(100, token);", target.Read("App/Program.cs"));
        Assert.Contains("File.ReadAllText(\"a<script>", target.Read("App/Program.cs"));
        Assert.Contains("AGD0101: 1 fixed", result.Output);
    }

    // That of AGD0108 changes a signature, so it is one to review; that of AGD0101 is not.
    [Fact]
    public async Task Fix_SafeOnly_LeavesOutWhatNeedsAReview()
    {
        var target = tool.NewTarget("fix-safe", ("App/App.csproj", Solutions.Library), ("App/App.cs", Solutions.Sleeper("App")),
            ("App/Store.cs", "internal class Store { public int Load() => LoadAsync().Result; "
                + "private async Task<int> LoadAsync() { await Task.Delay(1); return 1; } }"));

        var safe = await target.ToolAsync("fix", "App", "--rules", "AGD0101,AGD0108", "--safe-only");
        Assert.True(safe.ExitCode == 0, safe.ToString());
        Assert.Contains("1 findings fixed in 1 files", safe.Output);
        Assert.Contains("await Task.Delay(1, token)", target.Read("App/App.cs"));
        Assert.Contains("LoadAsync().Result", target.Read("App/Store.cs"));

        (await target.ToolAsync("fix", "App", "--rules", "AGD0101,AGD0108")).RequireSuccess();
        Assert.Contains("await LoadAsync()", target.Read("App/Store.cs"));
    }

    // Each file has no other bytes than before, except for the call.
    [Fact]
    public async Task Fix_KeepsEveryEncoding_EachLineEnding_PermissionsAndLinks()
    {
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        (string File, Encoding Encoding, string End)[] files =
        [
            ("Ansi", windows, "\r\n"), ("Utf16", Encoding.Unicode, "\r\n"), ("Utf16Big", Encoding.BigEndianUnicode, "\n"),
            ("Marked", Encoding.UTF8, "\r\n"), ("Plain", new UTF8Encoding(false), "\n"), ("NoEnd", new UTF8Encoding(false), ""),
        ];
        var target = tool.NewTarget("fix-encodings", ("App/App.csproj", Solutions.Library));
        foreach (var (file, encoding, end) in files) target.WriteBytes($"App/{file}.cs", Bytes(encoding, Text(file, end)));
        target.Write("Elsewhere.txt", Solutions.Sleeper("Linked"));
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(target.PathOf("App/Linked.cs"), target.PathOf("Elsewhere.txt"));
            File.SetUnixFileMode(target.PathOf("App/Plain.cs"), (UnixFileMode)0b111_101_100);
        }

        var result = await target.ToolAsync("fix", "App", "--rules", "AGD0101");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.All(files, one => Assert.Equal(Bytes(one.Encoding, Text(one.File, one.End).Replace("Thread.Sleep(1)",
            "await Task.Delay(1, token)")), File.ReadAllBytes(target.PathOf($"App/{one.File}.cs"))));
        if (OperatingSystem.IsWindows()) return;
        Assert.NotNull(new FileInfo(target.PathOf("App/Linked.cs")).LinkTarget);
        Assert.Contains("await Task.Delay(1, token)", target.Read("Elsewhere.txt"));
        Assert.Equal((UnixFileMode)0b111_101_100, File.GetUnixFileMode(target.PathOf("App/Plain.cs")));

        static string Text(string name, string end) =>
            Solutions.Sleeper(name, " var text = \"\u00e9t\u00e9\u2026\";") + end + (end == "" ? "" : "// \u00fc" + end);
        static byte[] Bytes(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    }

    [Fact]
    public async Task Fix_OfOneProject_LeavesWhatItReferencesAlone()
    {
        var target = tool.NewTarget("fix-project", Solutions.TwoProjects);
        var before = File.ReadAllBytes(target.PathOf("Lib/Lib.cs"));

        var result = await target.ToolAsync("fix", "App/App.csproj", "--rules", "AGD0101");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("AGD0101: 1 fixed", result.Output);
        Assert.Equal(before, File.ReadAllBytes(target.PathOf("Lib/Lib.cs")));
    }

    [Fact]
    public async Task Fix_OptionThatIsUnknown_IsAnError_AndNothingIsWritten()
    {
        var target = tool.NewTarget("fix-option", Solutions.TwoProjects);
        var before = target.Snapshot();

        var result = await target.ToolAsync("fix", "Demo.slnx", "--dryrun");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Unknown option 'dryrun'", result.Output);
        Assert.Equal(before, target.Snapshot());
    }

    // The project that is missing may hold callers of what would be edited.
    [Fact]
    public async Task Fix_BesideAProjectThatCannotBeLoaded_WritesOnRequestOnly()
    {
        var target = tool.NewTarget("fix-unloaded",
            ("Demo.slnx", "<Solution><Project Path=\"App/App.csproj\" /><Project Path=\"Broken/Broken.csproj\" /></Solution>"),
            ("App/App.csproj", Solutions.Library), ("App/App.cs", Solutions.Sleeper("App")),
            ("Broken/Broken.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">"));
        (await target.DotNetAsync("restore", "App")).RequireSuccess();
        var before = target.Snapshot();

        var refused = await target.ToolAsync("fix", "Demo.slnx", "--rules", "AGD0101");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("nothing was written", refused.Output);
        Assert.Contains("'--allow-unloaded' fixes", refused.Output);
        Assert.Equal(before, target.Snapshot());

        (await target.ToolAsync("fix", "Demo.slnx", "--rules", "AGD0101", "--allow-unloaded")).RequireSuccess();
        Assert.Contains("await Task.Delay(1, token)", target.Read("App/App.cs"));
    }

    [Fact]
    public async Task Fix_WhereAnAnalyzerHasNotBeenBuilt_DoesWithoutIt()
    {
        var target = tool.NewTarget("fix-analyzer",
        [
            ("App/App.csproj",
                """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                  </PropertyGroup>
                  <ItemGroup>
                    <Analyzer Include="../Rules/bin/Rules.dll" />
                  </ItemGroup>
                </Project>
                """),
            ("App/Store.cs",
                """
                using System.Threading.Tasks;

                internal class Store
                {
                    public int Load() => LoadAsync().Result;

                    private async Task<int> LoadAsync()
                    {
                        await Task.Delay(1);
                        return 1;
                    }
                }
                """),
        ]);

        var result = await target.ToolAsync("fix", "App", "--rules", "AGD0108");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("public async Task<int> Load() => await LoadAsync();", target.Read("App/Store.cs"));
    }
}
