using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Package.Tests;

/// <summary>The two ways to have the package in every project of a solution, as docs/getting-started.md writes them.</summary>
public sealed class WholeSolutionTests(PackageFeed feed)
{
    private const string Code =
        "static class Code\n{\n    public static async Task M() { await Task.Yield(); Thread.Sleep(1); }\n    public static async Task N(CancellationToken token) { token.ThrowIfCancellationRequested(); await Task.Delay(1); }\n}";

    [Fact]
    public async Task PackageReference_InDirectoryBuildProps_ReachesEveryProject()
    {
        var solution = NewSolution("Shared");
        solution.Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup><AsyncGuardPreset>strict</AsyncGuardPreset></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="AsyncGuard" Version="{feed.Version}" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);

        await RequireAllAsync(solution);
    }

    [Fact]
    public async Task GlobalPackageReference_WithCentralPackageManagement_ReachesEveryProject()
    {
        var solution = NewSolution("Central");
        solution.Write("Directory.Build.props",
            "<Project><PropertyGroup><AsyncGuardPreset>strict</AsyncGuardPreset></PropertyGroup></Project>");
        solution.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup>
                <GlobalPackageReference Include="AsyncGuard" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);

        await RequireAllAsync(solution);
    }

    // AGD0301 is a warning only through the preset, so the package's properties have arrived as well.
    private static async Task RequireAllAsync(UserProject solution)
    {
        (await DotNet.RunAsync(solution.Folder, "build", "All.slnx")).RequireSuccess()
            .RequireFindings("warning AGD0101 A.cs", "warning AGD0101 B.cs", "warning AGD0301 A.cs", "warning AGD0301 B.cs");
    }

    private UserProject NewSolution(string name)
    {
        var solution = feed.NewFolder(name);
        solution.Write("All.slnx", "<Solution><Project Path=\"A/A.csproj\" /><Project Path=\"B/B.csproj\" /></Solution>");
        solution.Write("A/A.csproj", Project(""));
        solution.Write("A/A.cs", Code);
        solution.Write("B/B.csproj", Project("<ItemGroup><ProjectReference Include=\"../A/A.csproj\" /></ItemGroup>"));
        solution.Write("B/B.cs", Code.Replace("class Code", "class Other"));
        return solution;

        static string Project(string more) =>
            $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>{more}</Project>";
    }
}
