using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Packages;

/// <summary>
/// Which bodies may call a member of a package that has an awaitable form beside it, or opens a file: those that mention its name, and have
/// something of the package at hand. By the text alone.
/// </summary>
internal sealed class PackageTwinNames
{
    private static readonly Engine<PackageTwinNames> Engine = new(static guard => new PackageTwinNames(guard));

    private readonly GuardContext _guard;
    private readonly List<Package> _packages = new();
    private readonly HashSet<IAssemblySymbol> _assemblies = new(SymbolEqualityComparer.Default);

    private PackageTwinNames(GuardContext guard)
    {
        _guard = guard;
        foreach (var assembly in guard.Compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!IsPackage(assembly) || IsProject(guard.Compilation.GetMetadataReference(assembly))) continue;
            _assemblies.Add(assembly);
            var names = PackageNames.Of(assembly, guard.Compilation);
            if (names.Awaitable.Count > 0 || names.Files.Count > 0) _packages.Add(new Package(assembly, names));
        }
    }

    public static PackageTwinNames Of(GuardContext guard) => Engine.Of(guard);

    // Code without async code never needs it.
    private NameGraph Graph => NameGraph.Of(_guard);

    /// <summary>Whether the member is neither ours, of this compilation or of another project, nor .NET's.</summary>
    public static bool MayBeOfPackage(ISymbol member, GuardContext guard) =>
        !guard.IsOurs(member) && member.ContainingAssembly is { } assembly && IsPackage(assembly)
        && Of(guard)._assemblies.Contains(assembly);

    // ../Data/obj/Debug/net10.0/ref/Data.dll: another project of the same code, whose Load beside LoadAsync says nothing by itself
    private static bool IsProject(MetadataReference? reference)
    {
        if (reference is CompilationReference) return true;
        if (reference is not PortableExecutableReference { FilePath: { } path }) return false;
        var folders = path.Split('/', '\\');
        return Array.Exists(folders, IsOutput) && !(folders.Length > 2 && folders[folders.Length - 3] is "lib" or "ref");
    }

    private static bool IsOutput(string folder) =>
        folder.Equals("obj", StringComparison.OrdinalIgnoreCase) || folder.Equals("bin", StringComparison.OrdinalIgnoreCase);

    private static bool IsPackage(IAssemblySymbol assembly) => !FrameworkAssemblies.Have(assembly.Name);

    /// <summary>Whether a member of that name may have an awaitable form in a package.</summary>
    public bool Have(string name)
    {
        foreach (var package in _packages)
        {
            if (package.Names.Awaitable.Contains(name)) return true;
        }

        return false;
    }

    /// <summary>Adds the places of the bodies.</summary>
    public void AddTo(HashSet<int> found)
    {
        if (_packages.Count == 0) return;
        foreach (var name in Graph.Names)
        {
            foreach (var package in _packages)
            {
                if (!package.Names.Awaitable.Contains(name) && !package.Names.Files.Contains(name)) continue;
                var extended = ExtendedBy(package.Names, name);
                foreach (var place in Graph.CallersOf(name))
                {
                    if (!found.Contains(place) && (Covers(AtHand(package), place) || Covers(extended, place))) found.Add(place);
                }
            }
        }
    }

    private static bool Covers(List<TypeMentions.Mentions> mentions, int place)
    {
        foreach (var mention in mentions)
        {
            if (mention.Covers(place)) return true;
        }

        return false;
    }

    // Its types, and those that it is made for: db.JSON().Get("key") goes through a type of another package.
    private List<TypeMentions.Mentions> AtHand(Package package)
    {
        if (package.AtHand is { } known) return known;
        var mentions = new List<TypeMentions.Mentions>();
        var world = new List<PackageNames> { package.Names };
        foreach (var module in package.Assembly.Modules)
        {
            foreach (var below in module.ReferencedAssemblySymbols)
            {
                if (IsPackage(below)) world.Add(PackageNames.Of(below, _guard.Compilation));
            }
        }

        foreach (var name in Graph.Mentions.Mentioned)
        {
            if (world.Exists(names => names.Types.Contains(name))) mentions.Add(Graph.Mentions.Of(name));
        }

        return package.AtHand = mentions;
    }

    // static Task<int> ExecuteAsync(this IDbConnection connection, string sql): where a connection is at hand
    private List<TypeMentions.Mentions> ExtendedBy(PackageNames names, string name)
    {
        var mentions = new List<TypeMentions.Mentions>();
        if (!names.Extensions.TryGetValue(name, out var holders)) return mentions;
        foreach (var holder in holders)
        {
            if (_guard.Types.Get(holder) is not { } type || _guard.Apis.TypeHas(type, ApiTraits.Named)) continue;
            foreach (var member in type.GetMembers(name))
            {
                if (member is IMethodSymbol { IsExtensionMethod: true, Parameters: { Length: > 0 } parameters }
                    && parameters[0].Type is INamedTypeSymbol extended && !CollectionTypes.Have(extended))
                    mentions.Add(Graph.Mentions.Of(extended.Name));
            }
        }

        return mentions;
    }

    private sealed class Package(IAssemblySymbol assembly, PackageNames names)
    {
        public IAssemblySymbol Assembly { get; } = assembly;

        public PackageNames Names { get; } = names;

        public List<TypeMentions.Mentions>? AtHand { get; set; }
    }
}
