using System;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>
/// Whether what a line of a catalog file names exists. Where a compilation does not know the namespace, the line is for another
/// project.
/// </summary>
internal sealed class ApiResolution(Compilation compilation, KnownTypes types)
{
    /// <summary>What is wrong with the id, or null where it names something or is not for this compilation.</summary>
    public string? ProblemOf(ApiEntry entry)
    {
        if (types.Documented(entry.Type) is { } type) return entry.IsType ? null : ProblemOf(entry, type);

        var dot = entry.Type.LastIndexOf('.');
        if (dot < 0) return null;
        var (outer, name) = (entry.Type.Substring(0, dot), entry.Type.Substring(dot + 1));
        if (types.Documented(outer) is not null) return $"'{outer}' has no type '{name}'";

        // A type that only this compilation cannot see is no mistake.
        return HasNamespace(outer) && compilation.GetTypesByMetadataName(entry.Type).IsEmpty
            ? $"there is no type '{name}' in the namespace '{outer}'" : null;
    }

    // M:Legacy.Db.Laod(*), M:Legacy.Db.Load(System.Int64), M:Legacy.Derived.Load(*), where the base declares it
    private static string? ProblemOf(ApiEntry entry, INamedTypeSymbol type)
    {
        var isNamed = false;
        foreach (var member in type.GetMembers())
        {
            if (!ApiCatalog.IsNamedBy(entry, member)) continue;
            if (entry.Parameters is null || entry.Parameters == ApiCatalog.ParametersOf(member)) return null;
            isNamed = true;
        }

        if (isNamed)
            return entry.Parameters is { Length: > 0 } parameters ? $"no overload of '{entry.Member}' takes '({parameters})'"
                : $"no overload of '{entry.Member}' is without parameters; '(*)' stands for all";
        return Declaring(entry, type) is { } declaring ? $"'{entry.Member}' is declared by '{declaring}'"
            : $"'{type.Name}' has no member '{entry.Member}' of this kind";
    }

    private static string? Declaring(ApiEntry entry, INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (ApiCatalog.IsNamedBy(entry, member)) return current.OriginalDefinition.ToDisplayString();
            }
        }

        return null;
    }

    private bool HasNamespace(string name)
    {
        var current = compilation.GlobalNamespace;
        foreach (var part in name.Split('.'))
        {
            INamespaceSymbol? next = null;
            foreach (var member in current.GetNamespaceMembers())
            {
                if (string.Equals(member.Name, part, StringComparison.Ordinal)) next = member;
            }

            if (next is null) return false;
            current = next;
        }

        return true;
    }
}
