using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AsyncGuard.Packages.Tests;

/// <summary>A line of <c>packages.txt</c>: a package and its version.</summary>
internal sealed record PinnedPackage(string Id, string Version)
{
    public static IReadOnlyList<PinnedPackage> All { get; } = Read(Path.Combine(AppContext.BaseDirectory, "packages.txt"));

    /// <summary>The labelled sources of the package: <c>Dapper.cs</c>, <c>Dapper+Helpers.cs</c>.</summary>
    public IReadOnlyList<string> Sources { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Sources"), Id + "*.cs")
            .Where(path => Path.GetFileNameWithoutExtension(path) is var name
            && (name == Id || name.StartsWith(Id + "+", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    public static PinnedPackage Of(string id) => All.Single(package => package.Id == id);

    private static IReadOnlyList<PinnedPackage> Read(string path) =>
    [
        .. File.ReadLines(path)
            .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 0)
            .Select(words => words.Length == 2 ? new PinnedPackage(words[0], words[1])
            : throw new FormatException($"'{string.Join(' ', words)}' is not 'package version'")),
    ];
}
