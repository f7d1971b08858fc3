using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>Finds the iterator whose body runs when a sequence is enumerated.</summary>
internal static class Enumeration
{
    private const int MaxSteps = 8;

    /// <summary>
    /// The call that made the sequence: <c>Rows()</c> in <c>Rows()</c>, <c>Rows().Where(…)</c>, or a local that holds it.
    /// </summary>
    public static IOperation? SourceOf(IOperation? sequence, GuardContext guard)
    {
        for (var step = 0; step < MaxSteps && sequence is not null; step++)
        {
            switch (sequence)
            {
                case IConversionOperation conversion:
                    sequence = conversion.Operand;
                    break;
                case IInvocationOperation call when IsLazy(call, guard):
                    sequence = call.Arguments[0].Value;
                    break;
                case ILocalReferenceOperation:
                    sequence = InitialValue.Of(sequence, guard);
                    break;
                case IInvocationOperation or IPropertyReferenceOperation:
                    return sequence;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether a call of LINQ runs through the sequence before it returns: <c>ToList</c>, <c>First</c>, <c>Count</c>.</summary>
    public static bool IsEager(IInvocationOperation call, GuardContext guard) =>
        IsLinq(call, guard) && !IsSequence(call.TargetMethod.ReturnType, guard);

    /// <summary>
    /// Whether the result of a call waits for what comes next each time that it is asked for the next item: <c>Pageable&lt;T&gt;</c>.
    /// </summary>
    public static bool WaitsWhenEnumerated(ITypeSymbol? type, GuardContext guard) =>
        guard.Apis.TypeEntry(type as INamedTypeSymbol, ApiTraits.Blocks) is not null;

    /// <summary>
    /// Whether the sequence that a call makes is not run through in the expression around it:
    /// <c>return queue.GetConsumingEnumerable();</c>, where what blocks is the loop over it.
    /// </summary>
    public static bool IsOnlyMade(IInvocationOperation call, GuardContext guard, out IOperation? use)
    {
        use = null;
        if (!IsSequence(call.TargetMethod.ReturnType, guard) && !WaitsWhenEnumerated(call.Type, guard)) return false;
        for (use = call.Parent; use is not null; use = use.Parent)
        {
            switch (use)
            {
                case IConversionOperation or IArgumentOperation:
                    break;
                case IInvocationOperation linq when IsLazy(linq, guard):
                    break;
                case IForEachLoopOperation loop:
                    return loop.IsAsynchronous;
                default:
                    return use is not IInvocationOperation eager || !IsEager(eager, guard);
            }
        }

        return true;
    }

    /// <summary>Whether a call of LINQ only makes another sequence.</summary>
    public static bool IsLazy(IInvocationOperation call, GuardContext guard) =>
        IsLinq(call, guard) && IsSequence(call.TargetMethod.ReturnType, guard);

    private static bool IsLinq(IInvocationOperation call, GuardContext guard) =>
        call.TargetMethod is { IsExtensionMethod: true, ContainingType: var type } && call.Arguments.Length > 0
        && SymbolEqualityComparer.Default.Equals(type, guard.Types.Enumerable);

    /// <summary>Whether the type says no more than that it can be gone through: <c>IEnumerable&lt;T&gt;</c>.</summary>
    public static bool IsSequence(ITypeSymbol type, GuardContext guard) =>
        type.OriginalDefinition.SpecialType
            is SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_IEnumerable
        || guard.Types.IsOrderedSequence(type);
}
