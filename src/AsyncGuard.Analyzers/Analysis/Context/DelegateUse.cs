using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>Follows a lambda or a method group to the call that receives it.</summary>
internal static class DelegateUse
{
    /// <summary>The kind of use, and the call, where it is known.</summary>
    public static (DelegateUseKind Kind, IOperation? Call) Of(IAnonymousFunctionOperation lambda, GuardContext guard) =>
        OfFunction(lambda, guard);

    /// <summary>The same for a method that is handed over by its name.</summary>
    public static (DelegateUseKind Kind, IOperation? Call) Of(IMethodReferenceOperation method, GuardContext guard) =>
        OfFunction(method, guard);

    private static (DelegateUseKind Kind, IOperation? Call) OfFunction(IOperation function, GuardContext guard)
    {
        if (CallOf(function) is not { } call) return default;

        ISymbol? target = call switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        return target is null ? default : (KindOf(target, guard), call);
    }

    /// <summary>The call or creation that receives the lambda or method group, or null where it goes elsewhere.</summary>
    public static IOperation? CallOf(IOperation function)
    {
        // x => … becomes a delegate, perhaps through a cast, and then an argument
        var use = Unwrapped.DelegateAround(function).Parent;
        return (use as IArgumentOperation)?.Parent;
    }

    /// <summary>Whether the delegates that the call receives run on another thread, where blocking is allowed.</summary>
    public static bool IsOffloading(ISymbol target, GuardContext guard) => KindOf(target, guard) == DelegateUseKind.Offloaded;

    /// <summary>Whether the call does not return before the delegates that it receives have run, on whatever thread.</summary>
    public static bool RunsInside(ISymbol target, GuardContext guard) =>
        TraitsOf(target, guard).HasAny(ApiTraits.CallsInPlace) || NeedsTheResult(target, guard);

    private static ApiTraits TraitsOf(ISymbol target, GuardContext guard)
    {
        var traits = guard.Apis.EntryOf(target)?.Traits ?? ApiTraits.None;
        if (guard.Apis.TypeEntry(target.ContainingType, ApiTraits.CallsInPlace | ApiTraits.Offloads) is { } type) traits |= type.Traits;
        return traits;
    }

    private static DelegateUseKind KindOf(ISymbol target, GuardContext guard)
    {
        var traits = TraitsOf(target, guard);
        if (traits.HasAny(ApiTraits.Offloads)) return DelegateUseKind.Offloaded;
        return traits.HasAny(ApiTraits.CallsInPlace) || NeedsTheResult(target, guard) ? DelegateUseKind.InPlace : DelegateUseKind.Unknown;
    }

    // TValue GetOrAdd(TKey key, Func<TKey, TValue> factory): what it returns is what the delegate returned, in this call or an earlier one
    private static bool NeedsTheResult(ISymbol target, GuardContext guard)
    {
        if (!ConventionalNames.MakesWhatIsMissing(target.Name)
            || target is not IMethodSymbol { OriginalDefinition: { ReturnsVoid: false, ReturnType: var result } method }
            || guard.Awaitables.IsAwaitable(result))
            return false;
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var made }
                && SymbolEqualityComparer.Default.Equals(made, result))
                return true;
        }

        return false;
    }
}
