using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.RuleTesting;

/// <summary>The metadata references of each <see cref="ReferenceSet"/>, read once and shared by all tests.</summary>
public static class ReferenceAssemblies
{
    private static readonly Lazy<Assembly> Package =
        new(() => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Basic.Reference.Assemblies.dll")));

    private static readonly Lazy<ImmutableArray<MetadataReference>> Net100 = new(() => FromPack("Microsoft.NETCore.App.Ref"));
    private static readonly Lazy<ImmutableArray<MetadataReference>> Net80 = new(() => FromPackage("net80."));
    private static readonly Lazy<ImmutableArray<MetadataReference>> NetStandard20 = new(() => FromPackage("netstandard20."));
    private static readonly Lazy<ImmutableArray<MetadataReference>> AspNetCore =
        new(() => [.. Net100.Value, .. FromPack("Microsoft.AspNetCore.App.Ref")]);

    public static ImmutableArray<MetadataReference> Get(ReferenceSet set) => set switch
    {
        ReferenceSet.Net100 => Net100.Value,
        ReferenceSet.Net80 => Net80.Value,
        ReferenceSet.NetStandard20 => NetStandard20.Value,
        ReferenceSet.AspNetCore => AspNetCore.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(set)),
    };

    private static ImmutableArray<MetadataReference> FromPackage(string prefix) =>
    [
        .. Package.Value.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => MetadataReference.CreateFromStream(Package.Value.GetManifestResourceStream(name)!,
            filePath: name[prefix.Length..] + ".dll")),
    ];

    private static ImmutableArray<MetadataReference> FromPack(string pack)
    {
        var root = typeof(ReferenceAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "TargetingPacks").Value!;
        var newest = new DirectoryInfo(Path.Combine(root, pack)).EnumerateDirectories("10.0.*")
            .MaxBy(directory => Version.TryParse(directory.Name, out var version) ? version : new Version(0, 0))
            ?? throw new DirectoryNotFoundException($"No version 10.0 of {pack} in {root}");
        return [.. Directory.EnumerateFiles(Path.Combine(newest.FullName, "ref", "net10.0"), "*.dll")
            .Select(file => MetadataReference.CreateFromFile(file))];
    }
}
