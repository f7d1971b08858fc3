using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Which members of this compilation may answer a virtual call or one through an interface.</summary>
internal sealed class Implementations
{
    private static readonly Engine<Implementations> Engine = new(static guard => new Implementations(guard));

    private readonly GuardContext _guard;
    private readonly Lazy<Dictionary<ISymbol, List<INamedTypeSymbol>>> _derived;
    private readonly Lazy<Dictionary<ISymbol, List<INamedTypeSymbol>>> _derivedAnywhere;

    private Implementations(GuardContext guard)
    {
        _guard = guard;
        _derived = new(() => ReadTypes([]), LazyThreadSafetyMode.ExecutionAndPublication);
        _derivedAnywhere = new(() => ReadTypes(BlockingSummaries.Of(guard).Reach()), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    public static Implementations Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>
    /// All that may answer; empty where others that cannot be seen may too, where none is known, or where one of them does not matter, so
    /// that the call does not either: the first such ends the search.
    /// </summary>
    public ImmutableArray<ISymbol> Answering(IMethodSymbol method, ITypeSymbol? receiver, Func<IMethodSymbol, bool> matters)
    {
        var declared = method.OriginalDefinition;
        if (declared.ContainingType.TypeKind == TypeKind.Interface) return OfInterface(declared, receiver, matters);
        if (!(declared.IsVirtual || declared.IsAbstract || declared.IsOverride))
            return matters(declared) ? ImmutableArray.Create<ISymbol>(declared) : ImmutableArray<ISymbol>.Empty;

        // The body of the receiver's own type or the nearest above it, and those of all types below.
        var start = receiver is INamedTypeSymbol named && InheritsFrom(named, declared.ContainingType) ? named.OriginalDefinition
            : declared.ContainingType;
        var found = ImmutableArray.CreateBuilder<ISymbol>();
        for (var type = start; type is not null; type = type.BaseType?.OriginalDefinition)
        {
            if (OverrideIn(type, declared) is not { } own) continue;
            if (own.IsAbstract) break;
            if (!matters(own)) return ImmutableArray<ISymbol>.Empty;
            found.Add(own);
            break;
        }

        if (start.IsSealed || declared.IsSealed || !DerivedFrom(declared).TryGetValue(start, out var below)) return InOrderOfSource(found);
        foreach (var type in below)
        {
            if (OverrideIn(type, declared) is not { IsAbstract: false } other || found.Contains(other)) continue;
            if (!matters(other)) return ImmutableArray<ISymbol>.Empty;
            found.Add(other);
        }

        return InOrderOfSource(found);
    }

    private ImmutableArray<ISymbol> OfInterface(IMethodSymbol declared, ITypeSymbol? receiver, Func<IMethodSymbol, bool> matters)
    {
        // Comparers, enumerators, streams: others than ours may answer.
        if (!IsKnown(declared)) return ImmutableArray<ISymbol>.Empty;
        if (declared.IsStatic && !declared.IsAbstract)
            return matters(declared) ? ImmutableArray.Create<ISymbol>(declared) : ImmutableArray<ISymbol>.Empty;
        var start = receiver is INamedTypeSymbol { TypeKind: TypeKind.Interface } named ? named.OriginalDefinition
            : declared.ContainingType;
        if (!DerivedFrom(declared).TryGetValue(start, out var types)) return ImmutableArray<ISymbol>.Empty;

        var found = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (var type in types)
        {
            if (type.TypeKind == TypeKind.Interface) continue;
            foreach (var implemented in type.AllInterfaces)
            {
                if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, declared.ContainingType)) continue;
                if (InstanceOf(declared, implemented) is not { } member
                    || type.FindImplementationForInterfaceMember(member)?.OriginalDefinition is not IMethodSymbol answer)
                {
                    if (_guard.IsOurs(type)) continue;
                    return ImmutableArray<ISymbol>.Empty;
                }

                if (!IsKnown(answer)) return ImmutableArray<ISymbol>.Empty;
                if (answer.IsAbstract || found.Contains(answer)) continue;
                if (!matters(answer)) return ImmutableArray<ISymbol>.Empty;
                found.Add(answer);
            }
        }

        return InOrderOfSource(found);
    }

    private bool IsKnown(ISymbol member) => BlockingSummaries.Of(_guard).IsKnown(member);

    // An assembly that references the member's assembly may answer too.
    private Dictionary<ISymbol, List<INamedTypeSymbol>> DerivedFrom(IMethodSymbol declared) =>
        _guard.IsOurs(declared) || !IsKnown(declared) ? _derived.Value : _derivedAnywhere.Value;

    // Not in that of the files, which may come in any order.
    private static ImmutableArray<ISymbol> InOrderOfSource(ImmutableArray<ISymbol>.Builder found)
    {
        if (found.Count > 1) found.Sort(static (one, other) => SourceOrder.Compare(one, other));
        return found.ToImmutable();
    }

    private static ISymbol? InstanceOf(IMethodSymbol declared, INamedTypeSymbol constructed)
    {
        if (SymbolEqualityComparer.Default.Equals(constructed, declared.ContainingType)) return declared;
        foreach (var member in constructed.GetMembers(declared.Name))
        {
            if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, declared)) return member;
        }

        return null;
    }

    private static bool InheritsFrom(INamedTypeSymbol type, INamedTypeSymbol from)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, from)) return true;
        }

        return false;
    }

    private static IMethodSymbol? OverrideIn(INamedTypeSymbol type, IMethodSymbol declared)
    {
        if (SymbolEqualityComparer.Default.Equals(type, declared.ContainingType)) return declared;
        foreach (var member in type.GetMembers(declared.Name))
        {
            for (var current = member as IMethodSymbol; current is not null; current = current.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, declared)) return (IMethodSymbol)member;
            }
        }

        return null;
    }

    private Dictionary<ISymbol, List<INamedTypeSymbol>> ReadTypes(IEnumerable<IAssemblySymbol> others)
    {
        var derived = new Dictionary<ISymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        ReadTypes(_guard.Compilation.Assembly.GlobalNamespace, derived);
        foreach (var assembly in others) ReadTypes(assembly.GlobalNamespace, derived);
        return derived;
    }

    private static void ReadTypes(INamespaceOrTypeSymbol container, Dictionary<ISymbol, List<INamedTypeSymbol>> derived)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is not INamespaceOrTypeSymbol inner) continue;
            if (inner is INamedTypeSymbol type)
            {
                for (var current = type.BaseType; current is not null; current = current.BaseType) Add(current.OriginalDefinition, type);
                foreach (var implemented in type.AllInterfaces) Add(implemented.OriginalDefinition, type);
            }

            ReadTypes(inner, derived);
        }

        void Add(INamedTypeSymbol @base, INamedTypeSymbol type)
        {
            if (!derived.TryGetValue(@base, out var types)) derived.Add(@base, types = new List<INamedTypeSymbol>());
            if (types.Count == 0 || !SymbolEqualityComparer.Default.Equals(types[types.Count - 1], type)) types.Add(type);
        }
    }
}
