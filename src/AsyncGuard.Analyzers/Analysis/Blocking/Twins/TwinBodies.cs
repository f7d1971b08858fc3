using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// Two methods whose names say that they are twins, and whose bodies say that they are not, or that nothing is gained by the other.
/// </summary>
internal static class TwinBodies
{
    private const int MaxSteps = 3;

    /// <summary>Whether the bodies can be seen, and speak against the counterpart.</summary>
    public static bool AreNone(IInvocationOperation call, IMethodSymbol twin, GuardContext guard) =>
        AllBodies(twin, call, guard, body => Wraps(body, call.TargetMethod))
        || AllBodies(call.TargetMethod, call, guard, body => IsLookUp(body, guard) || OnlyRunsDelegate(body, guard))
        || (call.TargetMethod.ReturnsVoid && AllBodies(call.TargetMethod, call, guard, body => OnlySignals.Is(body, guard)));

    private static bool AllBodies(IMethodSymbol method, IInvocationOperation call, GuardContext guard, System.Func<IOperation, bool> holds)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!guard.IsOurs(definition)) return false;
        IEnumerable<ISymbol> answers =
            definition.IsVirtual || definition.IsAbstract || definition.IsOverride
            || definition.ContainingType.TypeKind == TypeKind.Interface
            ? Implementations.Of(guard).Answering(definition, call.Instance?.Type, static _ => true)
            : new ISymbol[] { definition };
        var isSeen = false;
        foreach (var answer in answers)
        {
            if (!guard.IsOurs(answer)) return false;
            foreach (var body in Bodies.Of(guard).OperationsOf(answer))
            {
                if (!holds(body)) return false;
                isSeen = true;
            }
        }

        return isSeen;
    }

    // object? Execute(object target, object?[] arguments) => _executor(target, arguments);
    private static bool OnlyRunsDelegate(IOperation body, GuardContext guard)
    {
        var runs = false;
        foreach (var operation in body.Descendants())
        {
            if (operation is not IInvocationOperation call) continue;
            if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke
                && Unwrapped.ConversionsOrNull(call.Instance) is IMemberReferenceOperation)
                runs = true;
            else if (!guard.Apis.TypeHas(call.TargetMethod.ContainingType, ApiTraits.Log)) return false;
        }

        return runs;
    }

    // Task<int> QueryAsync(int q) => Task.FromResult(Query(q));
    private static bool Wraps(IOperation body, IMethodSymbol method)
    {
        var calls = false;
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IAwaitOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return false;
                case IInvocationOperation { TargetMethod: var called }:
                    calls |= SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, method.OriginalDefinition)
                        || (called.Name == method.Name && called.Parameters.Length == method.Parameters.Length);
                    break;
            }
        }

        return calls;
    }

    /// <summary>
    /// Whether the body only looks something up in memory, or only makes an object:
    /// <code>
    /// string GetRole(ulong id) => _roles.TryGetValue(id, out var role) ? role : null;
    /// Either&lt;R&gt; Right&lt;R&gt;(R value) => new(value);
    /// </code>
    /// </summary>
    private static bool IsLookUp(IOperation body, GuardContext guard)
    {
        var isLookUp = false;
        return IsHarmless(body, guard, MaxSteps, ref isLookUp) && isLookUp;
    }

    private static bool IsHarmless(IOperation body, GuardContext guard, int depth, ref bool isLookUp)
    {
        foreach (var operation in body.Descendants())
        {
            switch (operation)
            {
                case IAwaitOperation or ILockOperation or IForEachLoopOperation or IThrowOperation or IDynamicInvocationOperation
                    or IFunctionPointerInvocationOperation:
                    return false;
                case IObjectCreationOperation { Constructor: { } constructor } creation:
                    if (!IsHarmless(constructor, guard, depth, ref isLookUp)) return false;
                    isLookUp |= creation.Parent is IReturnOperation or IConversionOperation { Parent: IReturnOperation }
                        && creation.Arguments.Length > 0;
                    break;
                case IArrayElementReferenceOperation:
                    isLookUp = true;
                    break;
                case IPropertyReferenceOperation { Property: var property }:
                    isLookUp |= property.IsIndexer && IsOfCollection(property, guard);
                    if (!IsOfCollection(property, guard) && !IsOfLanguage(property, guard) && !IsPlain(property, guard)) return false;
                    break;
                case IInvocationOperation { TargetMethod: var called }:
                    isLookUp |= IsOfCollection(called, guard);
                    if (!IsOfCollection(called, guard) && !IsHarmless(called, guard, depth, ref isLookUp)) return false;
                    break;
            }
        }

        return true;
    }

    private static bool IsHarmless(IMethodSymbol method, GuardContext guard, int depth, ref bool isLookUp)
    {
        if (IsOfLanguage(method, guard)) return !guard.Apis.Has(method, ApiTraits.Blocks | ApiTraits.Waits | ApiTraits.Sleeps);
        if (depth == 0 || !guard.IsOurs(method) || method.IsVirtual || method.IsAbstract || method.IsOverride) return false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            if (!IsHarmless(body, guard, depth - 1, ref isLookUp)) return false;
        }

        return true;
    }

    // string Name { get; }, or one of another compilation that only holds a value
    private static bool IsPlain(IPropertySymbol property, GuardContext guard)
    {
        if (!guard.IsOurs(property)) return false;
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } held }
                && SymbolEqualityComparer.Default.Equals(held, property.OriginalDefinition))
                return true;
        }

        return false;
    }

    // But not BlockingCollection<T>.Take
    private static bool IsOfCollection(ISymbol member, GuardContext guard) =>
        CollectionTypes.Have(member) && !guard.Apis.Has(member, ApiTraits.Blocks);

    // string, int, Math, Guid, TimeSpan, tuples
    private static bool IsOfLanguage(ISymbol member, GuardContext guard) =>
        member.ContainingType is { } type && FrameworkNamespaces.IsSystem(type)
        && (type.IsValueType || type.SpecialType != SpecialType.None || guard.Types.IsCalculation(type));
}
