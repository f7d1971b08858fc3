using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace AsyncGuard.Packages.Tests;

/// <summary>What NuGet wrote down for a project: the assemblies that its packages give the compiler, or why there are none.</summary>
internal sealed record AssetsFile(IReadOnlyList<string> Assemblies, string? Problem)
{
    public static AssetsFile Read(string path)
    {
        if (!File.Exists(path)) return new([], "it was not restored");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement;
        if (root.TryGetProperty("logs", out var logs)
            && logs.EnumerateArray()
            .FirstOrDefault(log => log.GetProperty("level").GetString() == "Error") is { ValueKind: JsonValueKind.Object } error)
            return new([], error.GetProperty("message").GetString());

        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = root.GetProperty("libraries");
        var assemblies = new List<string>();
        foreach (var package in root.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            if (!package.Value.TryGetProperty("compile", out var compile)) continue;
            var below = libraries.GetProperty(package.Name).GetProperty("path").GetString()!;
            foreach (var file in compile.EnumerateObject())
            {
                if (!file.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) continue;
                if (folders.Select(folder => Path.Combine(folder, below, file.Name)).FirstOrDefault(File.Exists) is { } assembly)
                    assemblies.Add(assembly);
            }
        }

        return assemblies.Count == 0 ? new([], "it gives the compiler no assembly") : new(assemblies, null);
    }
}
