using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Whether an extension method of a name exists at all, in source or references, whatever is imported. Most names have none, and
/// looking them up file by file is what would cost. Names of a referenced assembly are read once for all compilations that share it.
/// </summary>
internal sealed class ExtensionNames(GuardContext guard, string suffix)
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, HashSet<string>> OfAssemblies = new();

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<HashSet<string>>> _ofReferences = new(() => NamesOfReferences(guard.Compilation, suffix));

    public bool MayHave(string name) => _known.TryGetValue(name, out var known) ? known : _known.GetOrAdd(name, Find(name));

    private bool Find(string name)
    {
        foreach (var names in _ofReferences.Value)
        {
            if (names.Contains(name)) return true;
        }

        return NameGraph.Of(guard).Declares(name);
    }

    private static IReadOnlyList<HashSet<string>> NamesOfReferences(Compilation compilation, string suffix)
    {
        var all = new List<HashSet<string>>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!assembly.MightContainExtensionMethods) continue;
            var names = OfAssemblies.TryGetValue(assembly, out var known) ? known
                : OfAssemblies.GetValue(assembly, read => NamesOf(read, suffix));
            if (names.Count > 0) all.Add(names);
        }

        return all;
    }

    private static HashSet<string> NamesOf(IAssemblySymbol assembly, string suffix)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var namespaces = new Stack<INamespaceSymbol>();
        namespaces.Push(assembly.GlobalNamespace);
        while (namespaces.Count > 0)
        {
            foreach (var member in namespaces.Pop().GetMembers())
            {
                if (member is INamespaceSymbol inner) namespaces.Push(inner);
                else if (member is INamedTypeSymbol { MightContainExtensionMethods: true } type) AddNames(type, suffix, names);
            }
        }

        return names;
    }

    private static void AddNames(INamedTypeSymbol type, string suffix, HashSet<string> names)
    {
        foreach (var name in type.MemberNames)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal)) names.Add(name);
        }
    }
}
