using System;
using System.Collections.Concurrent;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Packages;

/// <summary>
/// The members of packages that have an awaitable counterpart: what a package offers in both forms is taken to wait for something. Decided
/// by its symbols, once for each member and type that it is called on.
/// <code>
/// string? Load(CSRedisClient redis) => redis.Get("key"); // beside GetAsync
/// </code>
/// </summary>
internal sealed class PackageTwins
{
    private const string Suffix = ConventionalNames.Async;

    private static readonly Engine<PackageTwins> Engine = new(static guard => new PackageTwins(guard));

    private readonly GuardContext _guard;
    private readonly ConcurrentDictionary<ISymbol, bool> _sequences = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, bool> _ofDeclared = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ConcurrentDictionary<ISymbol, bool>> _ofReceiver = new(SymbolEqualityComparer.Default);

    private PackageTwins(GuardContext guard) => _guard = guard;

    public static PackageTwins Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether the member that is called is one.</summary>
    public bool Have(IInvocationOperation call)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (!PackageTwinNames.MayBeOfPackage(method, _guard)) return false;
        if (call.Instance?.Type is not INamedTypeSymbol { OriginalDefinition: var receiver })
            return _ofDeclared.TryGetValue(method, out var known) ? known : _ofDeclared.GetOrAdd(method, Find(method, null));
        var ofType = _ofReceiver.GetOrAdd(receiver, static _ => new(SymbolEqualityComparer.Default));
        return ofType.TryGetValue(method, out var found) ? found : ofType.GetOrAdd(method, Find(method, receiver));
    }

    /// <summary>
    /// Whether the member that is called gives a sequence, and has a form beside it that gives the same items to <c>await foreach</c>:
    /// <c>ListTags()</c> beside <c>ListTagsAsync(CancellationToken)</c>.
    /// </summary>
    public bool HaveSequence(IInvocationOperation call)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (!PackageTwinNames.MayBeOfPackage(method, _guard)) return false;
        return _sequences.TryGetValue(method, out var known) ? known
            : _sequences.GetOrAdd(method, SequenceItems.AsyncOf(method.ReturnType, _guard) is null && Find(method, null, isSequence: true));
    }

    private bool Find(IMethodSymbol method, INamedTypeSymbol? receiver, bool isSequence = false)
    {
        if (method.MethodKind != MethodKind.Ordinary || method.Name.EndsWith(Suffix, StringComparison.Ordinal)
            || _guard.Awaitables.IsAwaitable(method.ReturnType))
            return false;
        var harmless = ApiTraits.NoTwin | ApiTraits.Completes | ApiTraits.Waits | ApiTraits.Sleeps;
        if (_guard.Apis.EntryOf(method) is { } entry && entry.Has(harmless)) return false;
        if (_guard.Apis.TypeHas(method.ContainingType, ApiTraits.NoTwin | ApiTraits.InMemory)
            || _guard.Apis.TypeHas(receiver, ApiTraits.NoTwin | ApiTraits.InMemory))
            return false;

        var name = method.Name + Suffix;
        if (IsIn(method.ContainingType, name, method, isSequence)) return true;
        for (ITypeSymbol? type = receiver ?? method.ContainingType; type is not null; type = type.BaseType)
        {
            if (IsIn(type, name, method, isSequence)) return true;
        }

        foreach (var contract in (receiver ?? method.ContainingType).AllInterfaces)
        {
            if (IsIn(contract, name, method, isSequence)) return true;
        }

        return false;
    }

    private bool IsIn(ITypeSymbol type, string name, IMethodSymbol method, bool isSequence)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IMethodSymbol other && IsTwin(other, method, isSequence)) return true;
        }

        return false;
    }

    private bool IsTwin(IMethodSymbol other, IMethodSymbol method, bool isSequence)
    {
        if (other.IsStatic != method.IsStatic || other.IsExtensionMethod != method.IsExtensionMethod
            || other.TypeParameters.Length != method.TypeParameters.Length || other.DeclaredAccessibility != Accessibility.Public
            || Discouraged.Is(other, _guard.Types) || !(isSequence ? GivesSameItems(other, method) : GivesSame(other, method)))
            return false;

        foreach (var parameter in method.Parameters)
        {
            if (!parameter.IsOptional && (RunsInPlace(parameter.Type) || !IsTaken(parameter, other))) return false;
        }

        foreach (var parameter in other.Parameters)
        {
            if (!parameter.IsOptional && !parameter.IsParams && !_guard.Tokens.TakesToken(parameter.Type) && !IsTaken(parameter, method))
                return false;
        }

        return true;
    }

    private bool GivesSame(IMethodSymbol other, IMethodSymbol method) =>
        _guard.Awaitables.ResultOf(other.ReturnType) is { } result && (method.ReturnsVoid || IsSame(method.ReturnType, result));

    // IEnumerable<Tag> ListTags() beside IAsyncEnumerable<Tag> ListTagsAsync()
    private bool GivesSameItems(IMethodSymbol other, IMethodSymbol method) =>
        SequenceItems.AsyncOf(other.ReturnType, _guard) is { } handed && SequenceItems.Of(method.ReturnType) is { } item
        && IsSame(item, handed);

    // dispatcher.Invoke(action): what it does is up to the delegate, and on its own thread it runs that in place; but not
    // factory.Run(workAsync), which waits for the task
    private bool RunsInPlace(ITypeSymbol type) =>
        type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var result } && !_guard.Awaitables.IsAwaitable(result);

    private static bool IsTaken(IParameterSymbol parameter, IMethodSymbol by)
    {
        foreach (var other in by.Parameters)
        {
            if (other.RefKind == parameter.RefKind && IsSame(parameter.Type, other.Type)) return true;
        }

        return false;
    }

    // The type parameters of two methods are never the same, but their places are.
    private static bool IsSame(ITypeSymbol one, ITypeSymbol other)
    {
        switch (one, other)
        {
            case (ITypeParameterSymbol a, ITypeParameterSymbol b):
                return a.Ordinal == b.Ordinal && a.TypeParameterKind == b.TypeParameterKind;
            case (IArrayTypeSymbol a, IArrayTypeSymbol b):
                return a.Rank == b.Rank && IsSame(a.ElementType, b.ElementType);
            case (INamedTypeSymbol a, INamedTypeSymbol b):
                if (!SymbolEqualityComparer.Default.Equals(a.OriginalDefinition, b.OriginalDefinition)) return false;
                for (var i = 0; i < a.TypeArguments.Length; i++)
                {
                    if (!IsSame(a.TypeArguments[i], b.TypeArguments[i])) return false;
                }

                return true;
            default:
                return SymbolEqualityComparer.Default.Equals(one, other);
        }
    }
}
