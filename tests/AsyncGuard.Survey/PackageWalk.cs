using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AsyncGuard.Survey;

/// <summary>
/// Where a package stands: what its metadata and IL show that may block, be awaited or last, and what the catalog and the labelled sources
/// have of it.
/// </summary>
public static class PackageWalk
{
    private const string Header =
        "package,version,counterparts,counterparts in place,task-returning,blocking without a counterpart,catalog entries,state";

    /// <summary>
    /// Writes a row for each package of a list, whose lines begin with a package and a version, separated by a space or a comma. What is
    /// not in the package folder gets a row that says so.
    /// </summary>
    /// <param name="list">The list, which may be an earlier output.</param>
    /// <param name="root">The folder of the solution, for the catalog and the labelled sources.</param>
    /// <param name="output">Where the rows go.</param>
    public static void Write(string list, string root, TextWriter output)
    {
        var entries = CatalogTypes(Path.Combine(root, "src", "AsyncGuard.Analyzers", "Catalog"));
        var sources = Directory.EnumerateFiles(Path.Combine(root, "tests", "AsyncGuard.Packages.Tests", "Sources"), "*.cs")
            .Select(path => Path.GetFileNameWithoutExtension(path).Split('+')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reasons = File.ReadLines(Path.Combine(root, "tests", "AsyncGuard.Survey", "no-entry.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split("; "))
            .ToDictionary(words => words[0], words => words[1], StringComparer.OrdinalIgnoreCase);
        output.WriteLine(Header);
        foreach (var line in File.ReadLines(list).Where(line => line.Length > 0 && line != Header && line[0] != '#'))
        {
            if (line.Split(' ', ',') is [var package, var version, ..]) output.WriteLine(Row(package, version, entries, sources, reasons));
        }
    }

    private static string Row(
        string package, string version, IReadOnlyDictionary<string, int> entries, IReadOnlySet<string> sources,
        IReadOnlyDictionary<string, string> reasons)
    {
        var assemblies = PackageFolder.AssembliesOf(package, version);
        if (assemblies.Count == 0) return $"{package},{version},,,,,,no assembly";

        var members = assemblies.SelectMany(AssemblySurvey.Of).ToList();
        var blocking = assemblies.SelectMany(BlockingSurvey.Of).Select(member => member.Type + "." + member.Name).Distinct().Count();
        var (types, tasks) = AssemblySurvey.TypesOf(assemblies);
        var known = types.Sum(type => entries.GetValueOrDefault(type));
        var inPlace = members.Count(member => !member.IsReal && member.Form != AwaitableForm.Unknown);
        var state = sources.Contains(package) ? "labelled and run"
            : known > 0 ? "in the catalog"
            : members.Count > 0 ? "by its counterparts"
            : blocking > 0 && reasons.TryGetValue(package, out var reason) ? "needs no entry: " + reason
            : blocking > 0 ? "blocking members that the catalog does not have"
            : tasks > 0 ? "by its tasks" : "nothing to report";
        return $"{package},{version},{members.Count},{inPlace},{tasks},{blocking},{known},{state}";
    }

    // M:Npgsql.NpgsqlConnection.Open(*); blocks → Npgsql.NpgsqlConnection
    private static Dictionary<string, int> CatalogTypes(string folder)
    {
        var types = new Dictionary<string, int>();
        foreach (var line in Directory.EnumerateFiles(folder, "*.txt").SelectMany(File.ReadLines))
        {
            if (line.Length < 3 || line[1] != ':') continue;
            var id = line[2..].Split(';')[0].Split('(')[0].Trim();
            if (line[0] != 'T')
            {
                if (id.LastIndexOf('.') is not (> 0 and var dot)) continue;
                id = id[..dot];
            }

            types[id] = types.GetValueOrDefault(id) + 1;
        }

        return types;
    }
}
