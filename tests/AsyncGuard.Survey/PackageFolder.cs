using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AsyncGuard.Survey;

/// <summary>The assemblies of a restored package, of the newest framework that it has them for.</summary>
public static class PackageFolder
{
    private static readonly string[] Frameworks =
    [
        "net11.0", "net10.0", "net9.0", "net8.0", "net7.0", "net6.0", "net5.0", "netcoreapp3.1", "netstandard2.1", "netstandard2.0",
        "netstandard1.6", "netstandard1.5", "netstandard1.4", "netstandard1.3", "netstandard1.2", "netstandard1.1", "netstandard1.0",
    ];

    public static IReadOnlyList<string> AssembliesOf(string package, string version)
    {
        var root = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = Path.Combine(root, package.ToLowerInvariant(), version);

        // What lies in lib may only throw, where each platform has an assembly of its own.
        foreach (var library in new[] { Path.Combine("runtimes", "unix", "lib"), "lib", "ref" }.Select(name => Path.Combine(folder, name)))
        {
            foreach (var framework in Frameworks)
            {
                if (Directory.Exists(Path.Combine(library, framework)))
                    return [.. Directory.EnumerateFiles(Path.Combine(library, framework), "*.dll").Order(StringComparer.Ordinal)];
            }
        }

        return [];
    }
}
