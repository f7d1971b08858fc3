using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// The overloads of a method that take a cancellation token and the same parameters otherwise. Remembered per method, misses included.
/// </summary>
internal sealed class TokenOverloads(GuardContext guard)
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IMethodSymbol>> _ofMethod = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(ISymbol Method, ISymbol Receiver),
        ImmutableArray<IMethodSymbol>> _ofReceiver = new(PairComparer.Instance);

    /// <summary>The overloads that a call on a receiver of the type sees; an extension method's stand beside it in its class.</summary>
    public ImmutableArray<IMethodSymbol> Of(IMethodSymbol method, ITypeSymbol? receiver)
    {
        var called = method.ConstructedFrom;
        if (called.IsStatic || receiver is not INamedTypeSymbol type || SymbolEqualityComparer.Default.Equals(type, called.ContainingType))
            return _ofMethod.TryGetValue(called, out var known) ? known : _ofMethod.GetOrAdd(called, Find(called, called.ContainingType));

        // A derived type may add the overload to what it inherits.
        var key = (called, type);
        return _ofReceiver.TryGetValue(key, out var seen) ? seen : _ofReceiver.GetOrAdd(key, Find(called, type));
    }

    /// <summary>Whether the overload's result can stand wherever that of the method stands.</summary>
    public bool ReturnsAlike(IMethodSymbol method, IMethodSymbol overload) =>
        SameType(method.ReturnType, overload.ReturnType)
        || (!overload.ReturnsVoid && !method.ReturnsVoid
        && guard.Compilation.ClassifyCommonConversion(overload.ReturnType, method.ReturnType) is { IsImplicit: true } conversion
        && (conversion.IsIdentity || conversion.IsReference));

    private ImmutableArray<IMethodSymbol> Find(IMethodSymbol method, INamedTypeSymbol type)
    {
        List<IMethodSymbol>? found = null;
        for (var current = type; current is not null; current = method.IsStatic ? null : current.BaseType) Add(method, current, ref found);
        if (type.TypeKind == TypeKind.Interface)
        {
            foreach (var inherited in type.AllInterfaces) Add(method, inherited, ref found);
        }

        return found is null ? ImmutableArray<IMethodSymbol>.Empty : ImmutableArray.CreateRange(found);
    }

    private void Add(IMethodSymbol method, INamedTypeSymbol type, ref List<IMethodSymbol>? found)
    {
        foreach (var member in type.GetMembers(method.Name))
        {
            if (member is IMethodSymbol overload && DiffersByToken(method, overload)) (found ??= new List<IMethodSymbol>()).Add(overload);
        }
    }

    private bool DiffersByToken(IMethodSymbol method, IMethodSymbol overload)
    {
        if (overload.IsStatic != method.IsStatic || overload.Arity != method.Arity
            || overload.Parameters.Length != method.Parameters.Length + 1)
            return false;
        if (overload.IsExtensionMethod != method.IsExtensionMethod || !ReturnFits(method, overload)
            || Discouraged.Is(overload, guard.Types))
            return false;

        var tokenAt = -1;
        for (var i = 0; i < overload.Parameters.Length; i++)
        {
            var parameter = overload.Parameters[i];
            if (tokenAt < 0 && parameter.RefKind is RefKind.None or RefKind.In && guard.Tokens.TakesToken(parameter.Type)) tokenAt = i;
            else if (tokenAt < 0 && i == method.Parameters.Length) return false;
            else if (!SameParameter(method.Parameters[tokenAt < 0 ? i : i - 1], parameter)) return false;
        }

        return tokenAt >= 0;
    }

    private static bool SameParameter(IParameterSymbol one, IParameterSymbol other) =>
        one.RefKind == other.RefKind && SameType(one.Type, other.Type);

    // Two overloads each have type parameters of their own; they are the same where they stand in the same place.
    private static bool SameType(ITypeSymbol one, ITypeSymbol other)
    {
        switch (one)
        {
            case ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } first:
                return other is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } second
                    && first.Ordinal == second.Ordinal;
            case IArrayTypeSymbol first:
                return other is IArrayTypeSymbol second2 && first.Rank == second2.Rank && SameType(first.ElementType, second2.ElementType);
            case INamedTypeSymbol { TypeArguments.Length: > 0 } first:
                if (other is not INamedTypeSymbol named
                    || !SymbolEqualityComparer.Default.Equals(first.OriginalDefinition, named.OriginalDefinition))
                    return false;
                for (var i = 0; i < first.TypeArguments.Length; i++)
                {
                    if (!SameType(first.TypeArguments[i], named.TypeArguments[i])) return false;
                }

                return true;
            default:
                return SymbolEqualityComparer.Default.Equals(one, other);
        }
    }

    // Task<T> and ValueTask<T> are as good as each other where they are awaited.
    private bool ReturnFits(IMethodSymbol one, IMethodSymbol other)
    {
        if (ReturnsAlike(one, other)) return true;
        return guard.Awaitables.ResultOf(one.ReturnType) is { } result && guard.Awaitables.ResultOf(other.ReturnType) is { } otherResult
            && SameType(result, otherResult);
    }

    private sealed class PairComparer : IEqualityComparer<(ISymbol Method, ISymbol Receiver)>
    {
        public static readonly PairComparer Instance = new();

        public bool Equals((ISymbol Method, ISymbol Receiver) x, (ISymbol Method, ISymbol Receiver) y) =>
            SymbolEqualityComparer.Default.Equals(x.Method, y.Method) && SymbolEqualityComparer.Default.Equals(x.Receiver, y.Receiver);

        public int GetHashCode((ISymbol Method, ISymbol Receiver) key) =>
            SymbolEqualityComparer.Default.GetHashCode(key.Method) * 31 + SymbolEqualityComparer.Default.GetHashCode(key.Receiver);
    }
}
