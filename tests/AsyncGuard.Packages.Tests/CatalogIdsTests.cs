using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Packages.Tests;

/// <summary>What the catalog names exists: in the framework, or in a package as it is restored, not in a stub of it.</summary>
public sealed partial class CatalogIdsTests(ITestOutputHelper output)
{
    // One compilation for each package: two of them may declare the same type.
    internal static readonly Lazy<IReadOnlyList<Compilation>> Worlds = new(() =>
    [
        PackageReferences.Compile([], []),
        .. PinnedPackage.All.Select(RestoredPackages.Of).Where(package => package.Problem is null)
        .Select(package => PackageReferences.Compile(package.Assemblies, [])),
    ]);

    /// <summary>Types of packages that are not served, each with the reason: <c>not-served.txt</c>.</summary>
    private static readonly IReadOnlyList<string> NotServed =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "not-served.txt")).Select(line => line.Split('#')[0].Trim())
        .Where(line => line.Length > 0)];

    [Fact]
    public void Entries_ResolveAgainstTheRealPackages()
    {
        var entries = ApiTable.BuiltInFiles().SelectMany(file => file.Content.Entries.Select(entry => (file.File, Entry: entry))).ToList();
        var missing = new List<string>();
        var unserved = 0;
        foreach (var (file, entry) in entries)
        {
            if (ProblemWith(entry) is not { } problem) continue;
            if (NotServed.Any(start => entry.Id.AsSpan(2).StartsWith(start, StringComparison.Ordinal))) unserved++;
            else missing.Add($"{file}({entry.Line}): {entry.Id}: {problem}");
        }

        var resolved = entries.Count - missing.Count - unserved;
        output.WriteLine($"{entries.Count} entries, {resolved} resolved, {unserved} of packages that are not served");
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        AssertPageSays(entries.Count, unserved);
    }

    // docs/catalog.md: the hundreds, so that the page need not be changed for each line that comes or goes
    private static void AssertPageSays(int entries, int unserved)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "AsyncGuard.sln"))) root = root.Parent;
        if (root is null) return;
        var said = string.Create(CultureInfo.InvariantCulture,
            $"Of more than {entries / 100 * 100:N0} entries all but {unserved} resolve; those belong to packages that are not served");
        Assert.Contains(said, Line().Replace(File.ReadAllText(Path.Combine(root.FullName, "docs", "catalog.md")), " "),
            StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s*\n")]
    private static partial Regex Line();

    [Fact]
    public void NotServed_IsNotThere() =>
        Assert.DoesNotContain(NotServed,
        start => !ApiTable.BuiltInFiles().SelectMany(file => file.Content.Entries)
            .Any(entry => entry.Id.AsSpan(2).StartsWith(start, StringComparison.Ordinal) && ProblemWith(entry) is not null));

    private static string? ProblemWith(ApiEntry entry)
    {
        var types = TypesOf(entry.Type);
        if (types.Count == 0) return "there is no such type";
        if (!entry.IsType && !types.Any(type => HasMember(type, entry))) return "there is no such member";
        if (entry.Answer is not { } answer || !entry.Has(ApiTraits.Blocks) || entry.Has(ApiTraits.Sleeps | ApiTraits.Waits)) return null;
        return types.Any(type => HasAnswer(type, answer)) ? null : $"there is no {answer}";
    }

    private static List<INamedTypeSymbol> TypesOf(string documentationName)
    {
        for (var name = documentationName; ; name = name[..name.LastIndexOf('.')] + "+" + name[(name.LastIndexOf('.') + 1)..])
        {
            if (Worlds.Value.SelectMany(world => world.GetTypesByMetadataName(name)).ToList() is { Count: > 0 } found) return found;
            if (!name.Contains('.')) return [];
        }
    }

    private static bool HasMember(INamedTypeSymbol type, ApiEntry entry)
    {
        var kind = entry.Kind switch { 'P' => SymbolKind.Property, 'F' => SymbolKind.Field, _ => SymbolKind.Method };
        return type.GetMembers().Where(member => member.Kind == kind).Any(member =>
        {
            var name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "#ctor" : member.Name;
            var fits = entry.Member.EndsWith('*') ? name.StartsWith(entry.Member[..^1], StringComparison.Ordinal) : name == entry.Member;
            return fits && (entry.Parameters is null || entry.Parameters == ParametersOf(member));
        });
    }

    private static bool HasAnswer(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).Length > 0) return true;
        }

        return type.AllInterfaces.Any(contract => contract.GetMembers(name).Length > 0);
    }

    private static string ParametersOf(ISymbol member) =>
        member.GetDocumentationCommentId() is { } id && id.IndexOf('(') is var open and >= 0 ? id[(open + 1)..id.LastIndexOf(')')] : "";
}
