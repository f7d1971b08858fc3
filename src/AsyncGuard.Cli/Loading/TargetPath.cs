using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AsyncGuard.Cli.Loading;

/// <summary>Finds the solution, the project or the folder of projects that a path names.</summary>
internal static class TargetPath
{
    private static readonly string[] Solutions = [".slnx", ".sln", ".slnf"];

    // Generated, restored or hidden.
    private static readonly string[] Skipped = ["bin", "obj", "node_modules"];

    /// <summary>
    /// The full path of the solution or project, or of a folder that holds neither, but has projects somewhere below it.
    /// </summary>
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

    /// <summary>The project files that a project or a folder stands for.</summary>
    public static IEnumerable<string> ProjectsOf(string path) => Directory.Exists(path) ? Below(path, depth: 0) : [path];

    /// <summary>The folder itself, or that of the file.</summary>
    public static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;

    public static bool IsProject(string path) => Path.GetExtension(path).Equals(".csproj", StringComparison.OrdinalIgnoreCase);

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

        if (ProjectsOf(folder).Any()) return folder;
        throw new LoadException($"'{path}' holds neither a solution nor a C# project.");
    }

    private static IEnumerable<string> Below(string folder, int depth)
    {
        const int deepest = 8;
        foreach (var file in Directory.EnumerateFiles(folder).Where(IsProject).Order(StringComparer.Ordinal)) yield return file;
        if (depth == deepest) yield break;
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", options).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(inner);
            if (name.StartsWith('.') || Skipped.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            foreach (var file in Below(inner, depth + 1)) yield return file;
        }
    }
}
