using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>
/// Catalog entries by type: those of the built-in files, read once per process, or those of a project's own files on top of them. Nothing
/// in it depends on a compilation.
/// </summary>
internal sealed class ApiTable
{
    private readonly Dictionary<string, List<ApiEntry>> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiTraits> _traitsByName = new(StringComparer.Ordinal);
    private readonly Dictionary<char, List<(string Prefix, ApiEntry Entry)>> _prefixes = new();
    private ApiTraits _ofAnyName;
    private readonly Dictionary<string, List<ApiEntry>> _byMember = new(StringComparer.Ordinal);
    private readonly ApiTable? _below;

    private ApiTable(IEnumerable<ApiEntry> entries, ApiTable? below = null)
    {
        _below = below;
        foreach (var entry in entries) Add(entry);
    }

    /// <summary>Whether some member is listed without any trait, which only a project's own files do.</summary>
    public bool SilencesAny { get; private set; }

    public static ApiTable BuiltIn { get; } = new(ReadBuiltIn());

    /// <summary>A table in which these entries go before those of this one.</summary>
    public ApiTable With(IEnumerable<ApiEntry> entries) => new(entries, this);

    /// <summary>The name by which the constructors of a type are found.</summary>
    public static string ConstructorOf(string type) => ".ctor " + type;

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
        traits |= _ofAnyName;
        if (name.Length > 0 && _prefixes.TryGetValue(name[0], out var prefixes))
        {
            foreach (var (prefix, entry) in prefixes)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal)) traits |= entry.Traits;
            }
        }

        return _below is null ? traits : traits | _below.TraitsOfName(name);
    }

    /// <summary>The members that are listed by the start of this name, of whatever type; not those that are listed by no name.</summary>
    public IEnumerable<ApiEntry> EntriesByStartOf(string name)
    {
        if (name.Length > 0 && _prefixes.TryGetValue(name[0], out var prefixes))
        {
            foreach (var (prefix, entry) in prefixes)
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal)) yield return entry;
            }
        }

        if (_below is null) yield break;
        foreach (var entry in _below.EntriesByStartOf(name)) yield return entry;
    }

    /// <summary>The members of this name, of whatever type. Those that are listed by the start of their names are not among them.</summary>
    public IEnumerable<ApiEntry> EntriesOfName(string name)
    {
        if (_byMember.TryGetValue(name, out var entries))
        {
            foreach (var entry in entries) yield return entry;
        }

        if (_below is null) yield break;
        foreach (var entry in _below.EntriesOfName(name)) yield return entry;
    }

    public bool TryGetType(string documentationName, out List<ApiEntry> entries)
    {
        if (_byType.TryGetValue(documentationName, out entries!)) return true;
        return _below is not null && _below.TryGetType(documentationName, out entries);
    }

    private static IEnumerable<ApiEntry> ReadBuiltIn()
    {
        foreach (var (_, file) in BuiltInFiles())
        {
            foreach (var entry in file.Entries) yield return entry;
        }
    }

    private void Add(ApiEntry entry)
    {
        if (!_byType.TryGetValue(entry.Type, out var entries))
        {
            entries = _below is not null && _below.TryGetType(entry.Type, out var inherited) ? new List<ApiEntry>(inherited)
                : new List<ApiEntry>();
            _byType.Add(entry.Type, entries);
        }

        if (_below is not null) entries.RemoveAll(other => Overrides(entry, other));
        entries.Add(entry);
        SilencesAny |= entry is { Traits.IsNone: true, IsType: false };

        var name = entry.Member == "#ctor" ? WellKnownMemberNames.InstanceConstructorName : entry.Member;
        if (name.Length > 0 && name[name.Length - 1] == '*')
        {
            AddPrefix(name.Substring(0, name.Length - 1), entry);
            return;
        }

        AddName(name, entry);

        // new TcpClient(host, port) mentions the type
        if (entry.Member == "#ctor") AddName(ConstructorOf(entry.TypeName), entry);
    }

    private void AddPrefix(string prefix, ApiEntry entry)
    {
        if (prefix.Length == 0)
        {
            _ofAnyName |= entry.Traits;
            return;
        }

        if (!_prefixes.TryGetValue(prefix[0], out var prefixes)) _prefixes.Add(prefix[0], prefixes = new List<(string, ApiEntry)>());
        prefixes.Add((prefix, entry));
    }

    private void AddName(string name, ApiEntry entry)
    {
        _traitsByName.TryGetValue(name, out var traits);
        _traitsByName[name] = traits | entry.Traits;
        if (!_byMember.TryGetValue(name, out var ofName)) _byMember.Add(name, ofName = new List<ApiEntry>(1));
        ofName.Add(entry);
    }

    // What a project says of a member or of all its overloads replaces what was known of it, overload by overload.
    private static bool Overrides(ApiEntry entry, ApiEntry other) =>
        entry.Kind == other.Kind && (entry.Parameters is null || entry.Parameters == other.Parameters)
        && (entry.Member == other.Member
        || (entry.Member.EndsWith("*", StringComparison.Ordinal)
        && other.Member.StartsWith(entry.Member.Substring(0, entry.Member.Length - 1), StringComparison.Ordinal)));
}
