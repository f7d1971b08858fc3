using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>The entries of all built-in catalog files, by type. Read once per process; nothing in it depends on a compilation.</summary>
internal sealed class ApiTable
{
    private readonly Dictionary<string, List<ApiEntry>> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiTraits> _traitsByName = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, ApiTraits Traits)> _prefixes = new();

    private ApiTable(IEnumerable<ApiEntry> entries)
    {
        foreach (var entry in entries) Add(entry);
    }

    public static ApiTable BuiltIn { get; } = new(ReadBuiltIn());

    /// <summary>All built-in entries, each with the name of the file it comes from.</summary>
    public static IEnumerable<(string File, ApiFile Content)> BuiltInFiles()
    {
        var assembly = typeof(ApiTable).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith("Catalog.", StringComparison.Ordinal)) continue;
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, ApiFile.Parse(text));
        }
    }

    /// <summary>The traits that any member or type of this name has: the cheap test before any symbol is looked at.</summary>
    public ApiTraits TraitsOfName(string name)
    {
        _traitsByName.TryGetValue(name, out var traits);
        foreach (var (prefix, prefixTraits) in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) traits |= prefixTraits;
        }

        return traits;
    }

    public bool TryGetType(string documentationName, out List<ApiEntry> entries) => _byType.TryGetValue(documentationName, out entries!);

    private static IEnumerable<ApiEntry> ReadBuiltIn()
    {
        foreach (var (_, file) in BuiltInFiles())
        {
            foreach (var entry in file.Entries) yield return entry;
        }
    }

    private void Add(ApiEntry entry)
    {
        if (!_byType.TryGetValue(entry.Type, out var entries)) _byType.Add(entry.Type, entries = new List<ApiEntry>());
        entries.Add(entry);

        var name = entry.Member == "#ctor" ? WellKnownMemberNames.InstanceConstructorName : entry.Member;
        if (name.Length > 0 && name[name.Length - 1] == '*')
        {
            _prefixes.Add((name.Substring(0, name.Length - 1), entry.Traits));
            return;
        }

        _traitsByName.TryGetValue(name, out var traits);
        _traitsByName[name] = traits | entry.Traits;
    }
}
