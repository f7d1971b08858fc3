using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// A method that sets something going, beside a counterpart that also waits for its end:
/// <code>
/// void ForceReplication() => _event.Set();
/// Task ForceReplicationAsync() { var round = _queue.WaitAsync(); _event.Set(); return round; }
/// </code>
/// All that it calls is seen, or is a method of other code that by its name gives a signal.
/// </summary>
internal static class OnlySignals
{
    private const int MaxSteps = 3;

    /// <summary>Whether the body gives a signal, and calls nothing that might wait.</summary>
    public static bool Is(IOperation body, GuardContext guard)
    {
        var calls = false;
        return MayNotWait(body, guard, MaxSteps, ref calls) && calls;
    }

    private static bool MayNotWait(IOperation body, GuardContext guard, int steps, ref bool calls)
    {
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IAwaitOperation or ILockOperation or ILoopOperation or IUsingOperation or IUsingDeclarationOperation
                    or IAnonymousFunctionOperation or ILocalFunctionOperation or IDynamicInvocationOperation
                    or IFunctionPointerInvocationOperation or IEventAssignmentOperation:
                    return false;
                case IObjectCreationOperation { Constructor: { } constructor }:
                    if (MightWait(constructor, guard, steps, ref calls)) return false;
                    break;
                case IPropertyReferenceOperation { Property: var property }:
                    if (guard.IsOurs(property) && !IsHeld(property)) return false;
                    if (guard.Apis.Has(property, ApiTraits.Blocks | ApiTraits.Waits)) return false;
                    break;
                case IInvocationOperation { TargetMethod: var called }:
                    if (MightWait(called, guard, steps, ref calls)) return false;
                    break;
            }
        }

        return true;
    }

    private static bool MightWait(IMethodSymbol method, GuardContext guard, int steps, ref bool calls)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke || guard.Awaitables.IsAwaitable(method.ReturnType)) return true;
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (guard.Apis.Has(method, ApiTraits.Blocks | ApiTraits.Waits | ApiTraits.Sleeps | ApiTraits.Cpu)) return true;

        // throw new NotLeaderException(e): its text may come from anywhere
        if (method.MethodKind == MethodKind.Constructor && IsException(method.ContainingType, guard)) return false;
        if (!guard.IsOurs(method))
        {
            var signals = ConventionalNames.Signals(method.Name, method.Parameters.Length) || CollectionTypes.Have(method)
                || guard.Tokens.IsSource(method.ContainingType);
            calls |= signals;
            return !signals && !IsException(method.ContainingType, guard);
        }

        if (steps == 0 || method.IsVirtual || method.IsAbstract || method.IsOverride || method.IsExtern
            || method.ContainingType.TypeKind == TypeKind.Interface)
            return true;
        foreach (var body in Bodies.Of(guard).OperationsOf(method))
        {
            if (!MayNotWait(body, guard, steps - 1, ref calls)) return true;
        }

        return false;
    }

    private static bool IsException(INamedTypeSymbol type, GuardContext guard)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, guard.Types.Exception)) return true;
        }

        return false;
    }

    // Queue Items { get; }
    private static bool IsHeld(IPropertySymbol property)
    {
        if (property.IsVirtual || property.IsAbstract || property.IsOverride) return false;
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } held }
                && SymbolEqualityComparer.Default.Equals(held, property.OriginalDefinition))
                return true;
        }

        return false;
    }
}
