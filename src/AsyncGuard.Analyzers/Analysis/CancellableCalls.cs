using System.Collections.Concurrent;
using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>Calls that could take a cancellation token: by an optional parameter, or by an overload that differs only by the token.</summary>
internal sealed class CancellableCalls(GuardContext guard)
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IMethodSymbol>> _overloads = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the call is made without a token and could be made with one.</summary>
    public bool MayTakeToken(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension)) return false;
        var parameters = method.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (guard.Tokens.IsToken(parameters[i].Type)) return IsOmitted(call, parameters[i]) && !IsExcluded(call);
        }

        return !OverloadsOf(method).IsEmpty && !TakesToken(call) && !IsExcluded(call);
    }

    /// <summary>The method that takes the token: the called one with its optional parameter, or the overload; null where none fits.</summary>
    public IMethodSymbol? Find(IInvocationOperation call, TokenCandidate token)
    {
        // token.WaitAsync(): the token is the receiver, or where the value comes from.
        if (IsGivenTo(call, token.Owner)) return null;
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (guard.Tokens.IsToken(parameter.Type)) return call.TargetMethod;
        }

        foreach (var overload in OverloadsOf(call.TargetMethod))
        {
            if (IsAccessible(overload, call) && !IsRecursion(overload, call)) return overload;
        }

        return null;
    }

    private static bool IsOmitted(IInvocationOperation call, IParameterSymbol parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter, parameter)) return argument.ArgumentKind == ArgumentKind.DefaultValue;
        }

        return false;
    }

    // A token inside params object[], or a source, is a token given.
    private bool TakesToken(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            var value = argument.Value;
            while (value is IConversionOperation conversion) value = conversion.Operand;
            if (guard.Tokens.IsToken(value.Type)) return true;
        }

        return false;
    }

    private bool IsExcluded(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (guard.Tokens.IsToken(method.ReturnType) || method.ReturnType.Name == "CancellationTokenSource") return true;
        if (guard.Apis.Has(method, ApiTraits.NoToken) || guard.Apis.TypeHas(method.ContainingType, ApiTraits.NoToken)) return true;
        return method.IsExtensionMethod && call.Arguments.Length > 0 && guard.Tokens.IsToken(call.Arguments[0].Value.Type);
    }

    private static bool IsGivenTo(IInvocationOperation call, ISymbol owner)
    {
        if (RootOf(call.Instance) is { } receiver && SymbolEqualityComparer.Default.Equals(receiver, owner)) return true;
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && RootOf(argument.Value) is { } root && SymbolEqualityComparer.Default.Equals(root, owner) && IsWhole(argument.Value)) return true;
        }

        return false;

        static bool IsWhole(IOperation value) => value is not IPropertyReferenceOperation { Arguments.Length: > 0 };
    }

    private static ISymbol? RootOf(IOperation? value) => AccessPath.Of(value)?.Root;

    private bool IsAccessible(IMethodSymbol overload, IInvocationOperation call) =>
        call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart)?.ContainingType is not { } within || guard.Compilation.IsSymbolAccessibleWithin(overload, within);

    // Task SaveAsync() => …; Task SaveAsync(CancellationToken token) { await SaveAsync(); }
    private static bool IsRecursion(IMethodSymbol overload, IInvocationOperation call)
    {
        for (var symbol = call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart); symbol is IMethodSymbol method; symbol = method.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, overload.OriginalDefinition)) return true;
        }

        return false;
    }

    private ImmutableArray<IMethodSymbol> OverloadsOf(IMethodSymbol method)
    {
        var definition = method.OriginalDefinition;
        return _overloads.TryGetValue(definition, out var known) ? known : _overloads.GetOrAdd(definition, FindOverloads(definition));
    }

    private ImmutableArray<IMethodSymbol> FindOverloads(IMethodSymbol method)
    {
        var found = ImmutableArray.CreateBuilder<IMethodSymbol>();
        for (var type = method.ContainingType; type is not null; type = method.IsStatic ? null : type.BaseType)
        {
            foreach (var member in type.GetMembers(method.Name))
            {
                if (member is IMethodSymbol overload && DiffersByToken(method, overload)) found.Add(overload);
            }
        }

        return found.ToImmutable();
    }

    private bool DiffersByToken(IMethodSymbol method, IMethodSymbol overload)
    {
        if (overload.IsStatic != method.IsStatic || overload.Arity != method.Arity || overload.Parameters.Length != method.Parameters.Length + 1) return false;
        if (!ReturnFits(method.ReturnType, overload.ReturnType) || IsObsolete(overload)) return false;

        var tokenAt = -1;
        for (var i = 0; i < overload.Parameters.Length; i++)
        {
            var parameter = overload.Parameters[i];
            if (tokenAt < 0 && guard.Tokens.IsToken(parameter.Type)) tokenAt = i;
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
                return other is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } second && first.Ordinal == second.Ordinal;
            case IArrayTypeSymbol first:
                return other is IArrayTypeSymbol second2 && first.Rank == second2.Rank && SameType(first.ElementType, second2.ElementType);
            case INamedTypeSymbol { TypeArguments.Length: > 0 } first:
                if (other is not INamedTypeSymbol named || !SymbolEqualityComparer.Default.Equals(first.OriginalDefinition, named.OriginalDefinition)) return false;
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
    private bool ReturnFits(ITypeSymbol one, ITypeSymbol other)
    {
        if (SameType(one, other)) return true;
        return guard.Awaitables.ResultOf(one) is { } result && guard.Awaitables.ResultOf(other) is { } otherResult && SameType(result, otherResult);
    }

    private bool IsObsolete(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, guard.Types.ObsoleteAttribute)) return true;
        }

        return false;
    }
}
