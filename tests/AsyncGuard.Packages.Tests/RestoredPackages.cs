using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace AsyncGuard.Packages.Tests;

/// <summary>
/// The pinned packages, restored: a project for each, so that one that does not restore costs only itself, and one call of the SDK for all
/// of them.
/// </summary>
internal static class RestoredPackages
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "restored");
    private static readonly Lazy<IReadOnlyDictionary<string, AssetsFile>> Restored =
        new(Restore, LazyThreadSafetyMode.ExecutionAndPublication);

    public static AssetsFile Of(PinnedPackage package) => Restored.Value[package.Id];

    private static IReadOnlyDictionary<string, AssetsFile> Restore()
    {
        var packages = PinnedPackage.All;
        WriteIfChanged(Path.Combine(Root, "Directory.Build.props"), "<Project />\n");
        WriteIfChanged(Path.Combine(Root, "Directory.Build.targets"), "<Project />\n");
        WriteIfChanged(Path.Combine(Root, "Directory.Packages.props"), "<Project />\n");
        var isNew = false;
        foreach (var package in packages)
        {
            if (WriteIfChanged(ProjectOf(package), Project(package)) || AssetsFile.Read(AssetsOf(package)).Problem is not null)
                isNew = true;
        }

        var solution = Path.Combine(Root, "All.slnx");
        WriteIfChanged(solution,
            $"<Solution>\n{string.Concat(packages.Select(package => $"  <Project Path=\"{package.Id}/{package.Id}.csproj\" />\n"))}</Solution>\n");
        if (isNew) RunRestore(solution);
        return packages.ToDictionary(package => package.Id, package => AssetsFile.Read(AssetsOf(package)));
    }

    private static string ProjectOf(PinnedPackage package) => Path.Combine(Root, package.Id, package.Id + ".csproj");

    private static string AssetsOf(PinnedPackage package) => Path.Combine(Root, package.Id, "obj", "project.assets.json");

    private static string Project(PinnedPackage package) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <AssemblyName>Uses.{package.Id}</AssemblyName>
            <NuGetAudit>false</NuGetAudit>
            <RestorePackagePruningEnabled>false</RestorePackagePruningEnabled>
            <NoWarn>$(NoWarn);NU1603;NU1605;NU1608;NU1701;NU1107</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{package.Id}" Version="{package.Version}" />
          </ItemGroup>
        </Project>

        """;

    // A file that is written again would be restored again.
    private static bool WriteIfChanged(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return true;
    }

    // What cannot be restored says so in its own project's assets; the exit code would not tell which it was.
    private static void RunRestore(string solution)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["restore", solution, "--verbosity", "quiet"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";

        using var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Limit)) process.Kill(entireProcessTree: true);
    }
}
