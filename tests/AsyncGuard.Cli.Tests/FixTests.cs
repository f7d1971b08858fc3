using System.IO;
using System.Linq;
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
