using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using AsyncGuard.Cli.Tests;
using AsyncGuard.Package.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(InstalledTool))]

namespace AsyncGuard.Cli.Tests;

/// <summary>Packs the tool and the analyzers once, installs the tool from that feed, and deletes all of it in the end.</summary>
public sealed class InstalledTool : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("asyncguard-cli-").FullName;

    internal static string Repository => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Metadata("PackageProject"))!, "../.."));

    private string Feed => Path.Combine(_folder, "feed");

    private string Tool => Path.Combine(_folder, "tool", OperatingSystem.IsWindows() ? "asyncguard.exe" : "asyncguard");

    public async ValueTask InitializeAsync()
    {
        foreach (var project in new[] { Metadata("ToolProject"), Metadata("PackageProject") })
        {
            var path = Path.GetFullPath(project);
            (await DotNet.RunAsync(Path.GetDirectoryName(path)!, "pack", path, "--no-build", "-c", Metadata("Configuration"), "-o",
                Feed)).RequireSuccess();
        }

        var config = Path.Combine(_folder, "install.config");
        await File.WriteAllTextAsync(config,
            $"""<configuration><packageSources><clear /><add key="local" value="{Feed}" /></packageSources></configuration>""");
        (await DotNet.RunAsync(_folder, "tool", "install", "AsyncGuard.Cli", "--tool-path", Path.GetDirectoryName(Tool)!, "--configfile",
            config)).RequireSuccess();
    }

    public async ValueTask DisposeAsync()
    {
        await DotNet.EndCompilerAsync(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A folder of its own with these files; <c>$(Package)</c> in them is the version of the packed analyzers.</summary>
    internal ToolTarget NewTarget(string name, params (string Path, string Text)[] files)
    {
        var target = new ToolTarget(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, Tool);
        var version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Feed, "AsyncGuard.?.*.nupkg").Single())["AsyncGuard.".Length..];
        target.Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_folder, "packages")}" /></config>
              <packageSources><add key="local" value="{Feed}" /></packageSources>
            </configuration>
            """);
        target.Write("Directory.Build.props", "<Project />");
        foreach (var (path, text) in files) target.Write(path, text.Replace("$(Package)", version, StringComparison.Ordinal));
        return target;
    }

    private static string Metadata(string key) =>
        typeof(InstalledTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
