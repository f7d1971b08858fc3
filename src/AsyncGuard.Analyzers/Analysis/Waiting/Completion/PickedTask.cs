using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// An element that is taken out of a collection because it is a certain task, or because it is complete:
/// <c>tasks[Array.IndexOf(tasks, winner)]</c>, <c>tasks.First(t => t == winner)</c>, <c>tasks[tasks.FindIndex(t => t.IsCompleted)]</c>.
/// </summary>
internal static class PickedTask
{
    /// <summary>
    /// The task that the element is, or null where that is not known. It is no picked one itself: unfinished code may say that an element
    /// is the one that it is found by (<c>var i = tasks.IndexOf(tasks[i])</c>).
    /// </summary>
    public static IOperation? SameAs(IOperation element, GuardContext guard) =>
        Find(element, guard) is { } same && Find(same, guard) is null ? same : null;

    private static IOperation? Find(IOperation element, GuardContext guard)
    {
        element = Unwrapped.Awaited(element);
        if (SearchFor(element, guard) is { } search && search.Arguments.Length > 0)
        {
            var asked = search.Arguments[search.Instance is null ? 1 : 0].Value;
            return CollectionNames.FindsItem(search.TargetMethod.Name) ? asked : ComparedWith(asked);
        }

        return element is IInvocationOperation call && PredicateOf(call, guard) is { } predicate ? ComparedWith(predicate) : null;
    }

    /// <summary>Whether the element is picked by a condition that only complete tasks meet.</summary>
    public static bool IsByCompletion(IOperation element, GuardContext guard)
    {
        element = Unwrapped.Awaited(element);
        if (SearchFor(element, guard) is { } search && search.Arguments.Length > 0)
            return FiltersComplete(search.Arguments[search.Instance is null ? 1 : 0].Value, guard);
        return element is IInvocationOperation call && PredicateOf(call, guard) is { } predicate && FiltersComplete(predicate, guard);
    }

    /// <summary>
    /// Whether a lambda says of its parameter that it is complete: <c>t => t.IsCompleted</c>,
    /// <c>t => t.Status == TaskStatus.RanToCompletion</c>, <c>t => t is { IsFaulted: false, IsCompleted: true }</c>.
    /// </summary>
    public static bool FiltersComplete(IOperation filter, GuardContext guard) =>
        ReturnOf(filter) is { } condition && SaysComplete(condition, guard);

    private static bool SaysComplete(IOperation condition, GuardContext guard) => Unwrapped.Conversions(condition) switch
    {
        IPropertyReferenceOperation { Instance: IParameterReferenceOperation } property =>
            guard.Apis.Has(property.Property, ApiTraits.ProvesComplete),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
            SaysComplete(both.LeftOperand, guard) || SaysComplete(both.RightOperand, guard),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either =>
            SaysComplete(either.LeftOperand, guard) && SaysComplete(either.RightOperand, guard),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } =>
            (IsOfParameter(left) && PatternProof.IsFinalStatus(right, guard))
            || (IsOfParameter(right) && PatternProof.IsFinalStatus(left, guard)),
        IIsPatternOperation { Value: IParameterReferenceOperation, Pattern: var pattern } => PatternProof.Proves(pattern, guard),
        IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation { Value: var status } } =>
            IsOfParameter(value) && PatternProof.IsFinalStatus(status, guard),
        _ => false,
    };

    // t.Status
    private static bool IsOfParameter(IOperation value) =>
        Unwrapped.Conversions(value) is IPropertyReferenceOperation { Instance: IParameterReferenceOperation };

    // tasks[Array.IndexOf(tasks, x)], tasks[i] of var i = tasks.IndexOf(x)
    private static IInvocationOperation? SearchFor(IOperation element, GuardContext guard)
    {
        var (collection, index) = element switch
        {
            IArrayElementReferenceOperation { ArrayReference: var array, Indices: { Length: 1 } indices } => (array, indices[0]),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list, Arguments: { Length: 1 } keys } =>
                (list, keys[0].Value),
            _ => (null, null),
        };
        if (collection is null || index is null) return null;
        index = Unwrapped.Conversions(index);
        if (index is ILocalReferenceOperation local && !IsStepped(local)) index = InitialValue.Of(local, guard);
        return index is IInvocationOperation search && CollectionNames.FindsPlace(search.TargetMethod.Name)
            && AccessPath.Of(search.Instance ?? (search.Arguments.Length == 2 ? search.Arguments[0].Value : null)) is { } searched
            && searched.Equals(AccessPath.Of(collection)) && (search.Instance is null || search.Arguments.Length == 1) ? search : null;
    }

    // i++ is no assignment
    private static bool IsStepped(ILocalReferenceOperation index)
    {
        foreach (var operation in FlowGraphs.RootOf(index).Descendants())
        {
            if (operation is IIncrementOrDecrementOperation { Target: ILocalReferenceOperation { Local: var stepped } }
                && SymbolEqualityComparer.Default.Equals(stepped, index.Local))
                return true;
        }

        return false;
    }

    // tasks.First(t => …), tasks.Find(t => …)
    private static IOperation? PredicateOf(IInvocationOperation call, GuardContext guard)
    {
        if (!CollectionNames.Picks(call.TargetMethod.Name)
            || Unwrapped.Receiver(call) is not { Type: { } type } || !guard.Awaitables.HoldsAwaitables(type))
            return null;
        var last = call.Arguments.Length > 0 ? call.Arguments[call.Arguments.Length - 1] : null;
        return last is { Parameter.Type.TypeKind: TypeKind.Delegate } ? last.Value : null;
    }

    // t => t == winner, t => winner == t
    private static IOperation? ComparedWith(IOperation predicate) =>
        ReturnOf(predicate) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality
        ? Unwrapped.Conversions(equality.LeftOperand) is IParameterReferenceOperation ? equality.RightOperand
        : Unwrapped.Conversions(equality.RightOperand) is IParameterReferenceOperation ? equality.LeftOperand : null
        : null;

    private static IOperation? ReturnOf(IOperation filter) =>
        Unwrapped.Delegate(filter) is IAnonymousFunctionOperation { Body.Operations: { Length: 1 } body }
        && body[0] is IReturnOperation { ReturnedValue: { } returned } ? Unwrapped.Conversions(returned) : null;
}
