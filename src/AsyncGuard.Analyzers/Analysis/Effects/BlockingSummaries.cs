using System.Collections.Generic;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>What the compilations of referenced assemblies have found out about their own members and written down in attributes.</summary>
internal sealed class BlockingSummaries
{
    private static readonly Engine<BlockingSummaries> Engine = new(static guard => new BlockingSummaries(guard));

    private readonly GuardContext _guard;
    private readonly Dictionary<ISymbol, Dictionary<string, CallPath>> _assemblies = new(SymbolEqualityComparer.Default);
    private readonly HashSet<(ISymbol Assembly, string Id)> _iterators = new();
    private readonly HashSet<string> _names = new();

    private BlockingSummaries(GuardContext guard)
    {
        _guard = guard;
        foreach (var assembly in guard.Compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.TypeNames.Contains(WellKnownAttribute.BlockingSummary)) Read(assembly);
        }
    }

    public static BlockingSummaries Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>The names of all members that block, as the <see cref="CallIndex"/> knows them.</summary>
    public IEnumerable<string> Names => _names;

    /// <summary>Whether anything is known of the members of other compilations, by what they tell or by marks.</summary>
    public bool KnowsOtherAssemblies => _names.Count > 0 || BlockingMarks.Of(_guard).HasNames;

    /// <summary>Whether the assembly declares what its members do: one that it does not mention does not block.</summary>
    public bool Cover(ISymbol? assembly) => assembly is not null && _assemblies.Count > 0 && _assemblies.ContainsKey(assembly);

    /// <summary>Whether it is known what the member does: its body can be read, or another compilation has read it.</summary>
    public bool IsKnown(ISymbol member) => _guard.IsOurs(member) || Cover(member.ContainingAssembly);

    public CallPath? PathOf(ISymbol member) =>
        Cover(member.ContainingAssembly) && member.GetDocumentationCommentId() is { } id
        && _assemblies[member.ContainingAssembly].TryGetValue(id, out var summary) ? summary : null;

    /// <summary>Whether calling the method of another compilation only makes an object that runs the body when it is enumerated.</summary>
    public bool IsIterator(IMethodSymbol method) =>
        _iterators.Count > 0 && Cover(method.ContainingAssembly) && method.GetDocumentationCommentId() is { } id
        && _iterators.Contains((method.ContainingAssembly, id));

    /// <summary>The assemblies that tell, and those that may implement or override what is declared in them.</summary>
    public IEnumerable<IAssemblySymbol> Reach()
    {
        foreach (var assembly in _guard.Compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (Cover(assembly) || ReferencesAny(assembly)) yield return assembly;
        }
    }

    private bool ReferencesAny(IAssemblySymbol assembly)
    {
        foreach (var module in assembly.Modules)
        {
            foreach (var reference in module.ReferencedAssemblySymbols)
            {
                if (Cover(reference)) return true;
            }
        }

        return false;
    }

    private void Read(IAssemblySymbol assembly)
    {
        var summaries = new Dictionary<string, CallPath>();
        _assemblies.Add(assembly, summaries);
        foreach (var data in assembly.GetAttributes())
        {
            if (data is not { AttributeClass.Name: WellKnownAttribute.BlockingSummary, ConstructorArguments: { Length: 2 } arguments })
                continue;
            if (arguments[0].Value is not string id || arguments[1].Value is not string way) continue;
            summaries[id] = CallPath.Imported(way);
            _names.UnionWith(DocumentedNames.Of(id));
            foreach (var named in data.NamedArguments)
            {
                if (named is { Key: WellKnownAttribute.WhenEnumerated, Value.Value: true }) _iterators.Add((assembly, id));
            }
        }
    }
}
