using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AsyncGuard.Cli.Loading;

/// <summary>Finds the solution or project that a path names.</summary>
internal static class TargetPath
{
    private static readonly string[] Solutions = [".slnx", ".sln", ".slnf"];

    /// <summary>The full path of the solution or project.</summary>
    /// <exception cref="LoadException">There is none, there are several, or the file is of another kind.</exception>
    public static string Find(string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
            return IsSolution(full) || IsProject(full) ? full
                : throw new LoadException($"'{path}' is neither a solution nor a C# project.");
        if (!Directory.Exists(full)) throw new LoadException($"'{path}' does not exist.");
        return In(full, path);
    }

    public static bool IsSolution(string path) => Solutions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsProject(string path) => Path.GetExtension(path).Equals(".csproj", StringComparison.OrdinalIgnoreCase);

    private static string In(string folder, string path)
    {
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        foreach (var kind in new Func<string, bool>[] { file => IsSolution(file)
            && !file.EndsWith(".slnf", StringComparison.OrdinalIgnoreCase), IsProject })
        {
            List<string> found = [.. files.Where(kind)];
            if (found.Count == 1) return found[0];
            if (found.Count > 1)
                throw new LoadException($"'{path}' holds several; name one of: {string.Join(", ", found.Select(Path.GetFileName))}");
        }

        throw new LoadException($"'{path}' holds neither a solution nor a C# project.");
    }
}
