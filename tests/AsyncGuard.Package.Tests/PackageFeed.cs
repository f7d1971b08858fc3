using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using AsyncGuard.Package.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace AsyncGuard.Package.Tests;

/// <summary>Packs once, into a folder that serves as a feed and is deleted in the end.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asyncguard-package-").FullName;

    internal string Feed => Path.Combine(_folder, "feed");

    /// <summary>Where the projects of this run restore to: a version that was packed earlier is never used again.</summary>
    internal string Packages => Path.Combine(_folder, "packages");

    private string PackagePath { get; set; } = "";

    /// <summary>What <c>dotnet pack</c> printed.</summary>
    internal CommandResult Packing { get; private set; } = new("", 0, "");

    public async ValueTask InitializeAsync()
    {
        var project = Path.GetFullPath(Metadata("PackageProject"));
        Packing = await DotNet.RunAsync(Path.GetDirectoryName(project)!, "pack", project, "--no-build", "-c", Metadata("Configuration"),
            "-o", Feed);
        Packing.RequireSuccess();
        PackagePath = Assert.Single(Directory.GetFiles(Feed, "AsyncGuard.*.nupkg"));
    }

    public async ValueTask DisposeAsync()
    {
        await DotNet.EndCompilerAsync(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The readme that the package's own is made of.</summary>
    internal string SourceReadme => File.ReadAllText(Path.Combine(Repository, "README.md"));

    /// <summary>The working copy that the package is packed from.</summary>
    internal string Repository => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Metadata("PackageProject"))!, "../.."));

    internal static string Configuration => Metadata("Configuration");

    internal string Version => Path.GetFileNameWithoutExtension(PackagePath)["AsyncGuard.".Length..];

    /// <summary>A copy of the package in this folder; its path.</summary>
    internal string CopyPackage(string folder)
    {
        var copy = Path.Combine(folder, Path.GetFileName(PackagePath));
        File.Copy(PackagePath, copy);
        return copy;
    }

    internal ZipArchive OpenPackage() => ZipFile.OpenRead(PackagePath);

    /// <summary>A library of its own that references the package, with these files.</summary>
    internal UserProject NewProject(string name, params (string Path, string Text)[] files)
    {
        var project = NewFolder(name);
        project.Write($"{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="AsyncGuard" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        foreach (var (path, text) in files) project.Write(path, text);
        return project;
    }

    /// <summary>A folder with nothing in it.</summary>
    internal string NewEmptyFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>A folder that restores from this feed, and knows nothing of what lies above it.</summary>
    internal UserProject NewFolder(string name)
    {
        var folder = new UserProject(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName);

        folder.Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Packages}" /></config>
              <packageSources><add key="local" value="{Feed}" /></packageSources>
            </configuration>
            """);
        folder.Write("Directory.Build.props", "<Project />");
        folder.Write("Directory.Build.targets", "<Project />");
        return folder;
    }

    private static string Metadata(string key) =>
        typeof(PackageFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
