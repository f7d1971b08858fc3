using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Cli.Tests;

/// <summary>A project that references the package is looked at by the version that it references, and by no other.</summary>
public sealed class OtherVersionTests(InstalledTool tool)
{
    private static readonly string[] Versions = ["0.0.9", "9.0.0", OtherVersion.Unusable];

    [Fact]
    public async Task EachProject_IsAuditedAndFixed_ByTheVersionThatItReferences_OtherwiseByTheTools()
    {
        var target = tool.NewTarget("versions",
            ("Demo.slnx", """
                <Solution>
                  <Project Path="Older/Older.csproj" /><Project Path="Newer/Newer.csproj" />
                  <Project Path="Later/Later.csproj" /><Project Path="Without/Without.csproj" />
                </Solution>
                """),
            ("Directory.Build.props", """
                <Project><PropertyGroup><RestoreAdditionalProjectSources>$(MSBuildThisFileDirectory)others</RestoreAdditionalProjectSources></PropertyGroup></Project>
                """),
            ("Older/Older.csproj", With(Versions[0])), ("Older/Older.cs", Solutions.Sleeper("Older")),
            ("Newer/Newer.csproj", With(Versions[1])), ("Newer/Newer.cs", Solutions.Sleeper("Newer")),
            ("Later/Later.csproj", With(Versions[2])), ("Later/Later.cs", Solutions.Sleeper("Later")),
            ("Without/Without.csproj", Solutions.Library), ("Without/Without.cs", Solutions.Sleeper("Without")));
        foreach (var version in Versions) OtherVersion.Pack(version, target.PathOf("others"));

        var audit = await target.ToolAsync("audit", "Demo.slnx", "--rules", "AGD0101");

        Assert.True(audit.ExitCode == 1, audit.ToString());
        Assert.Contains("Older/Older.cs(1,96): warning: A sleep, says version 0.0.9", audit.Output);
        Assert.Contains("Newer/Newer.cs(1,96): warning: A sleep, says version 9.0.0", audit.Output);
        Assert.Contains("Without/Without.cs(1,98): warning: 'Thread.Sleep' blocks the thread", audit.Output);
        // Nothing of it can be loaded, and the audit goes on.
        Assert.Contains("Later/Later.cs(1,96): warning: 'Thread.Sleep' blocks the thread", audit.Output);
        Assert.Matches("Later: the rules in .* cannot be used by the tool, which used its own: ", audit.Output);
        Assert.Contains("4 warnings", audit.Output);

        (await target.ToolAsync("fix", "Demo.slnx", "--rules", "AGD0101")).RequireSuccess();

        Assert.Contains("Console.WriteLine(\"0.0.9\")", target.Read("Older/Older.cs"));
        Assert.Contains("Console.WriteLine(\"9.0.0\")", target.Read("Newer/Newer.cs"));
        Assert.Contains("await Task.Delay(1, token)", target.Read("Without/Without.cs"));
    }

    private static string With(string version) => Solutions.Library.Replace("</Project>",
        $"<ItemGroup><PackageReference Include=\"AsyncGuard\" Version=\"{version}\" /></ItemGroup></Project>");
}
