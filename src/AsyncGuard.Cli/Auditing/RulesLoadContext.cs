using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace AsyncGuard.Cli.Auditing;

/// <summary>
/// Keeps one version of the rules and fixes apart from the tool's own, which have the same assembly names: the runtime takes a loaded
/// assembly for any request of the same or of a lower version. All else, the compiler included, is the tool's. The files are read and not
/// kept open.
/// </summary>
internal sealed class RulesLoadContext(params IEnumerable<string> paths) : AssemblyLoadContext("AsyncGuard of a project")
{
    private readonly Dictionary<string, string> _paths =
        paths.ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name || !_paths.TryGetValue(name, out var path)) return null;
        using var image = new MemoryStream(File.ReadAllBytes(path));
        return LoadFromStream(image);
    }
}
