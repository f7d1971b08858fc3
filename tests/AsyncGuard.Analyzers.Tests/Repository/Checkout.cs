using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>The working copy that these tests were built in. Paths are relative to its root, with <c>/</c>.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static bool Has(string path) => File.Exists(Full(path));

    /// <summary>The text with <c>\n</c> at the ends of lines; empty where there is no such file.</summary>
    public static string Read(string path) => Has(path) ? File.ReadAllText(Full(path)).ReplaceLineEndings("\n") : "";

    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    /// <summary>The C# files below a folder, without what a build leaves there; none where there is no such folder.</summary>
    public static IReadOnlyList<string> SourcesBelow(string folder) => !Directory.Exists(Full(folder)) ? [] :
    [
        .. Directory.EnumerateFiles(Full(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/"))
            .Order(StringComparer.Ordinal),
    ];

    private static string Full(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AsyncGuard.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No AsyncGuard.sln above {AppContext.BaseDirectory}");
        return folder.FullName;
    }
}
