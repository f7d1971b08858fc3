using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Work whose task is kept for later callers: <c>tasks.GetOrAdd(key, _ => LoadAsync())</c>, <c>_load ??= LoadAsync()</c>, a <c>Lazy</c> of
/// a task in a member.
/// </summary>
internal static class CachedWork
{
    /// <summary>
    /// The call, assignment or creation around the place that keeps the task for more than one caller; null where there is none.
    /// </summary>
    public static IOperation? Around(IOperation place, GuardContext guard)
    {
        for (var (child, parent) = (place, place.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (Keeps(parent, guard) && !IsReceiver(parent, child)) return parent;
            if (parent is IAwaitOperation or ILocalFunctionOperation) return null;
        }

        return null;
    }

    /// <summary>Whether the operation itself keeps a task, or what makes one, where it outlives the call.</summary>
    public static bool Keeps(IOperation operation, GuardContext guard) => operation switch
    {
        IInvocationOperation call =>
            guard.Apis.Has(call.TargetMethod, ApiTraits.Caches) && IsTask(call.Type, guard) && IsShared(call, guard),
        ICoalesceAssignmentOperation assignment => IsTask(assignment.Target.Type, guard) && IsMember(assignment.Target, guard),
        ISimpleAssignmentOperation assignment when MapOf(assignment.Target) is { } map =>
            IsTask(assignment.Target.Type, guard) && IsMember(map, guard) && IsMissed(assignment, map.Member),
        ISimpleAssignmentOperation assignment =>
            IsTask(assignment.Target.Type, guard) && IsMember(assignment.Target, guard) && IsGuarded(assignment),
        IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields } =>
            IsLazyOfTask(fields[0].Type, guard) && !IsPerRequest(fields[0].ContainingType, guard),
        IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties } =>
            IsLazyOfTask(properties[0].Type, guard) && !IsPerRequest(properties[0].ContainingType, guard),
        _ => false,
    };

    /// <summary>The field or property that a task or a lazy one is kept in, or the receiver of the call that keeps it.</summary>
    public static ISymbol? KeeperOf(IOperation keeping) => keeping switch
    {
        IInvocationOperation call => (ReceiverOf(call) as IMemberReferenceOperation)?.Member,
        IAssignmentOperation assignment when MapOf(assignment.Target) is { } map => map.Member,
        IAssignmentOperation assignment => (assignment.Target as IMemberReferenceOperation)?.Member,
        IFieldInitializerOperation { InitializedFields: { Length: > 0 } fields } => fields[0],
        IPropertyInitializerOperation { InitializedProperties: { Length: > 0 } properties } => properties[0],
        _ => null,
    };

    /// <summary>The member whose element is assigned: <c>_loads</c> in <c>_loads[key] = task</c>.</summary>
    public static IMemberReferenceOperation? MapOf(IOperation target) =>
        target is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } map } ? map as IMemberReferenceOperation : null;

    // await …, a Task, a Lazy<Task>
    private static bool IsTask(ITypeSymbol? type, GuardContext guard) => guard.Awaitables.IsTask(type) || IsLazyOfTask(type, guard);

    private static bool IsLazyOfTask(ITypeSymbol? type, GuardContext guard) =>
        type is INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments }
        && guard.Types.IsLazy(type) && guard.Awaitables.IsTask(arguments[0]);

    // A dictionary in a member, a cache that is a service; not a dictionary that the function has made
    private static bool IsShared(IInvocationOperation call, GuardContext guard) => ReceiverOf(call) switch
    {
        IMemberReferenceOperation member => IsMember(member, guard),
        IParameterReferenceOperation parameter => parameter.Type?.TypeKind == TypeKind.Interface,
        _ => false,
    };

    private static IOperation? ReceiverOf(IInvocationOperation call)
    {
        var receiver = call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
        receiver = Unwrapped.ConversionsOrNull(receiver);
        return receiver;
    }

    private static bool IsReceiver(IOperation parent, IOperation child) => parent switch
    {
        IInvocationOperation call => ReferenceEquals(call.Instance, child),
        IAssignmentOperation assignment => ReferenceEquals(assignment.Target, child),
        _ => false,
    };

    private static bool IsMember(IOperation target, GuardContext guard) =>
        target is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation }
        or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true }
        && ((IMemberReferenceOperation)target).Member is var member && (member.IsStatic || !IsPerRequest(member.ContainingType, guard));

    private static bool IsPerRequest(INamedTypeSymbol type, GuardContext guard) => guard.Apis.TypeHas(type, ApiTraits.PerRequest);

    // if (_load == null) _load = LoadAsync();
    private static bool IsGuarded(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is not IMemberReferenceOperation { Member: var member }) return false;
        for (var (child, parent) = ((IOperation)assignment, assignment.Parent);
            parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalOperation choice && ReferenceEquals(choice.WhenTrue, child))
                return IsNullTest(choice.Condition, member);
        }

        return false;
    }

    // if (!_loads.TryGetValue(key, out var task)) _loads[key] = task = LoadAsync(key);
    // if (_loads.ContainsKey(key)) return _loads[key]; _loads[key] = LoadAsync(key);
    private static bool IsMissed(ISimpleAssignmentOperation assignment, ISymbol map)
    {
        for (var (child, parent) = ((IOperation)assignment, assignment.Parent);
            parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalOperation choice && ReferenceEquals(choice.WhenTrue, child)
                && choice.Condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var asked } && IsLookup(asked, map))
                return true;
            if (parent is IBlockOperation block && IsLeftWhenFound(block, child, map)) return true;
        }

        return false;
    }

    private static bool IsLeftWhenFound(IBlockOperation block, IOperation until, ISymbol map)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, until)) return false;
            if (statement is IConditionalOperation { WhenFalse: null } found && IsLookup(found.Condition, map) && Returns(found.WhenTrue))
                return true;
        }

        return false;
    }

    private static bool Returns(IOperation branch) =>
        branch is IReturnOperation { ReturnedValue: not null }
        || (branch is IBlockOperation { Operations: { Length: > 0 } statements } && Returns(statements[statements.Length - 1]));

    private static bool IsLookup(IOperation condition, ISymbol map) =>
        condition is IInvocationOperation { TargetMethod.Name: var name, Instance: { } asked } && CollectionNames.LooksUpKey(name)
        && IsOf(asked, map);

    private static bool IsNullTest(IOperation condition, ISymbol member) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } test =>
            (IsOf(test.LeftOperand, member) && IsNull(test.RightOperand)) || (IsOf(test.RightOperand, member) && IsNull(test.LeftOperand)),
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } test => IsOf(test.Value, member) && IsNull(value),
        _ => false,
    };

    private static bool IsOf(IOperation value, ISymbol member)
    {
        value = Unwrapped.Conversions(value);
        return value is IMemberReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Member, member);
    }

    private static bool IsNull(IOperation value) => value.ConstantValue is { HasValue: true, Value: null };
}
