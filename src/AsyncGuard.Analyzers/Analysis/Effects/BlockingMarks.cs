using System.Collections.Generic;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// What people say of their members: <c>[Blocking]</c> and <c>[NonBlocking]</c>, on the member or as <c>[assembly: Blocking("M:…")]</c>
/// with a documentation id,
/// in this compilation or in what it references. The attributes are known by name, so that anybody can declare them.
/// </summary>
internal sealed class BlockingMarks
{
    private static readonly Engine<BlockingMarks> Engine = new(static guard => new BlockingMarks(guard.Compilation));

    private readonly HashSet<string> _blockingIds = new();
    private readonly HashSet<string> _nonBlockingIds = new();
    private readonly HashSet<string> _names = new();
    private readonly HashSet<ISymbol> _assemblies = new(SymbolEqualityComparer.Default);

    public BlockingMarks(Compilation compilation)
    {
        var declaring = new HashSet<string>();
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (Declares(assembly)) declaring.Add(assembly.Name);
        }

        if (declaring.Count > 0 || Declares(compilation.Assembly)) Read(compilation.Assembly);
        if (declaring.Count == 0) return;
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (!declaring.Contains(assembly.Name) && !References(assembly, declaring)) continue;
            Read(assembly);
            ReadMembers(assembly.GlobalNamespace);
        }
    }

    public static BlockingMarks Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>The simple names of marked members that are not declared in this compilation.</summary>
    public IEnumerable<string> Names => _names;

    /// <summary>Whether there are such members.</summary>
    public bool HasNames => _names.Count > 0;

    /// <summary>Whether a member of the assembly may be marked at all.</summary>
    public bool Reaches(ISymbol? assembly) =>
        assembly is not null && _assemblies.Count > 0 && (_assemblies.Contains(assembly) || _blockingIds.Count > 0);

    public bool IsBlocking(ISymbol member) => Is(member, WellKnownAttribute.Blocking, _blockingIds);

    public bool IsNonBlocking(ISymbol member) => Is(member, WellKnownAttribute.NonBlocking, _nonBlockingIds);

    private bool Is(ISymbol member, string attribute, HashSet<string> ids)
    {
        if (_assemblies.Count == 0) return false;
        for (var current = member.OriginalDefinition; current is not null; current = (current as IMethodSymbol)?.AssociatedSymbol)
        {
            if (ids.Count > 0 && current.GetDocumentationCommentId() is { } id && ids.Contains(id)) return true;
            if (Find(current, attribute) is not null) return true;
        }

        return false;
    }

    private static AttributeData? Find(ISymbol symbol, string attribute)
    {
        foreach (var data in symbol.GetAttributes())
        {
            if (data.AttributeClass?.Name == attribute) return data;
        }

        return null;
    }

    private static bool Declares(IAssemblySymbol assembly) =>
        assembly.TypeNames.Contains(WellKnownAttribute.Blocking) || assembly.TypeNames.Contains(WellKnownAttribute.NonBlocking);

    private static bool References(IAssemblySymbol assembly, HashSet<string> names)
    {
        foreach (var module in assembly.Modules)
        {
            foreach (var reference in module.ReferencedAssemblies)
            {
                if (names.Contains(reference.Name)) return true;
            }
        }

        return false;
    }

    private void Read(IAssemblySymbol assembly)
    {
        _assemblies.Add(assembly);
        foreach (var data in assembly.GetAttributes())
        {
            if (data.AttributeClass is not { Name: WellKnownAttribute.Blocking or WellKnownAttribute.NonBlocking } type) continue;
            if (data.ConstructorArguments.Length == 0 || data.ConstructorArguments[0].Value is not string id) continue;
            (type.Name == WellKnownAttribute.Blocking ? _blockingIds : _nonBlockingIds).Add(id);
            if (type.Name == WellKnownAttribute.Blocking) _names.UnionWith(DocumentedNames.Of(id));
        }
    }

    private void ReadMembers(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner) ReadMembers(inner);
            else if (Find(member, WellKnownAttribute.Blocking) is not null && member.GetDocumentationCommentId() is { } id)
                _names.UnionWith(DocumentedNames.Of(id));
        }
    }
}
