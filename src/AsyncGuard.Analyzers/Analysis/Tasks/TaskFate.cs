using System.Linq;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// What happens to one value that is a task or holds tasks, where it stands in the code: followed outwards through casts, <c>?.</c>,
/// <c>?:</c>, <c>??</c>,
/// tuples, arrays, collection expressions, LINQ and <c>ConfigureAwait</c> to the place that does something with it.
/// What is not understood counts as passed on to code that takes care of it.
/// </summary>
internal readonly partial struct TaskFate
{
    // Newer than the Roslyn this is compiled against.
    private const OperationKind Spread = (OperationKind)128;

    private TaskFate(TaskFateKind kind, IOperation? place, ILocalSymbol? holder = null)
    {
        Kind = kind;
        Place = place;
        Holder = holder;
    }

    public TaskFateKind Kind { get; }

    /// <summary>The operation that decides: the await, the call that receives the task, the assignment.</summary>
    public IOperation? Place { get; }

    /// <summary>The local that keeps the task from there on, where one does.</summary>
    public ILocalSymbol? Holder { get; }

    /// <summary>Whether the end of the task is observed, or could be. What is kept or collected depends on the holder.</summary>
    public bool IsTakenCareOf =>
        Kind is TaskFateKind.Awaited or TaskFateKind.Returned or TaskFateKind.Stored or TaskFateKind.Passed or TaskFateKind.Captured
        or TaskFateKind.Observed or TaskFateKind.Discarded or TaskFateKind.Collected;

    /// <summary>Follows the value of the expression.</summary>
    public static TaskFate Of(IOperation value, GuardContext guard)
    {
        while (true)
        {
            var parent = value.Parent;
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or ICoalesceOperation or IArrayCreationOperation:
                case { Kind: ElementList.CollectionExpression or Spread }:
                case IArrayInitializerOperation:
                    value = parent;
                    continue;

                // loud ? ShoutAsync() : SayAsync()
                case IConditionalOperation choice:
                    if (ReferenceEquals(choice.Condition, value)) return new TaskFate(TaskFateKind.Inspected, parent);
                    value = parent;
                    continue;

                case ISwitchExpressionArmOperation arm when ReferenceEquals(arm.Value, value):
                    value = parent;
                    continue;

                case ISwitchExpressionOperation choice when !ReferenceEquals(choice.Value, value):
                    value = parent;
                    continue;

                // task switch { { IsCompleted: true } => …, var open => await open }
                case ISwitchExpressionOperation choice:
                    return new TaskFate(choice.Arms.Any(static arm => DeclaredBy(arm.Pattern) is not null) ? TaskFateKind.Passed
                        : TaskFateKind.Inspected, choice);

                // a?.RunAsync() is what RunAsync() is
                case IConditionalAccessOperation access when ReferenceEquals(access.WhenNotNull, value):
                    value = access;
                    continue;

                // task?.Wait() is what Wait does
                case IConditionalAccessOperation access:
                    if (ReceiverIn(access.WhenNotNull) is not { } receiver) return new TaskFate(TaskFateKind.Passed, access);
                    value = receiver;
                    continue;

                case ITupleOperation tuple:
                    if (TargetOf(tuple, value) is { } target) return Assigned(target, parent, guard);
                    if (IsTarget(tuple)) return new TaskFate(TaskFateKind.Written, tuple);
                    value = parent;
                    continue;

                case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                    if (KindByReceiver(call, guard) is { } ofReceiver) return new TaskFate(ofReceiver, call);
                    value = call;
                    continue;

                case IPropertyReferenceOperation property when ReferenceEquals(property.Instance, value):
                    if (KindByReceiver(property, guard) is { } ofProperty) return new TaskFate(ofProperty, property);
                    value = property;
                    continue;

                case IArrayElementReferenceOperation element when ReferenceEquals(element.ArrayReference, value):
                    if (IsAssigned(element)) return new TaskFate(TaskFateKind.Written, element);
                    value = element;
                    continue;

                case IArgumentOperation argument:
                    if (KindByArgument(argument, guard, out var collection) is { } ofArgument)
                        return new TaskFate(ofArgument, argument.Parent, collection);
                    value = ResultOf(argument);
                    continue;

                // (t = RunAsync()), t = other
                case ISimpleAssignmentOperation or ICoalesceAssignmentOperation:
                    var assignment = (IAssignmentOperation)parent;
                    if (ReferenceEquals(assignment.Target, value) && assignment is ISimpleAssignmentOperation)
                        return new TaskFate(TaskFateKind.Written, parent);
                    if (assignment.Parent is IExpressionStatementOperation || assignment.Target is IDiscardOperation
                        || ReferenceEquals(assignment.Target, value))
                        return Assigned(assignment.Target, parent, guard);
                    value = parent;
                    continue;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return new TaskFate(TaskFateKind.Kept, parent, declarator.Symbol);

                // foreach (var t in tasks)
                case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var item } } loop
                    when ReferenceEquals(loop.Collection, value):
                    return new TaskFate(TaskFateKind.Kept, loop, item);

                case IIsPatternOperation match:
                    return DeclaredBy(match.Pattern) is { } named ? new TaskFate(TaskFateKind.Kept, match, named)
                        : new TaskFate(TaskFateKind.Inspected, match);

                default:
                    return new TaskFate(KindOf(parent), parent);
            }
        }
    }

    /// <summary>The same where a lambda or local function does it that is itself used: code that uses that one has the task.</summary>
    public TaskFate InAnotherFunction() =>
        Kind is TaskFateKind.Written or TaskFateKind.Kept ? this : new TaskFate(TaskFateKind.Captured, Place, Holder);

    /// <summary>The local that a pattern gives to the value it matches: <c>is Task t</c>, <c>is { } t</c>.</summary>
    public static ILocalSymbol? DeclaredBy(IPatternOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local } => local,
        IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol local } => local,
        IBinaryPatternOperation both => DeclaredBy(both.LeftPattern) ?? DeclaredBy(both.RightPattern),
        INegatedPatternOperation negated => DeclaredBy(negated.Pattern),
        _ => null,
    };

    private static TaskFateKind KindOf(IOperation? parent) => parent switch
    {
        IExpressionStatementOperation => TaskFateKind.Dropped,
        IAwaitOperation => TaskFateKind.Awaited,
        IReturnOperation => TaskFateKind.Returned,
        IFieldInitializerOperation or IPropertyInitializerOperation => TaskFateKind.Stored,
        IBinaryOperation or IIsTypeOperation or INameOfOperation or IInterpolationOperation or IUsingOperation or ILockOperation
            or ISwitchExpressionOperation => TaskFateKind.Inspected,
        IMethodReferenceOperation or IDelegateCreationOperation => TaskFateKind.Captured,
        _ => TaskFateKind.Passed,
    };

    private static TaskFate Assigned(IOperation target, IOperation place, GuardContext guard)
    {
        switch (target)
        {
            case IDiscardOperation:
                return new TaskFate(TaskFateKind.Discarded, place);
            case IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var declared } }:
                return new TaskFate(TaskFateKind.Kept, place, declared);
            case ILocalReferenceOperation { Local: var local }:
                return new TaskFate(TaskFateKind.Kept, place, local);

            // tasks[i] = RunAsync()
            case IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation { Local: var array } }:
                return new TaskFate(TaskFateKind.Collected, place, array);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: ILocalReferenceOperation { Local: var collection } }
                when guard.Awaitables.HoldsAwaitables(collection.Type):
                return new TaskFate(TaskFateKind.Collected, place, collection);

            default:
                return new TaskFate(TaskFateKind.Stored, place);
        }
    }

    // var (a, b) = (RunAsync(1), RunAsync(2)): the target that gets the element
    private static IOperation? TargetOf(ITupleOperation tuple, IOperation element)
    {
        var whole = Unwrapped.ConversionsAround(tuple);
        if (whole.Parent is not IDeconstructionAssignmentOperation assignment || !ReferenceEquals(assignment.Value, whole)) return null;
        var target = assignment.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : assignment.Target;
        if (target is not ITupleOperation targets || targets.Elements.Length != tuple.Elements.Length) return null;
        for (var i = 0; i < tuple.Elements.Length; i++)
        {
            if (ReferenceEquals(tuple.Elements[i], element)) return targets.Elements[i];
        }

        return null;
    }

    private static bool IsTarget(ITupleOperation tuple)
    {
        IOperation whole = tuple;
        while (whole.Parent is ITupleOperation or IDeclarationExpressionOperation) whole = whole.Parent;
        return whole.Parent is IDeconstructionAssignmentOperation assignment && ReferenceEquals(assignment.Target, whole);
    }

    // task?.ContinueWith(…): the task inside of what follows the question mark
    private static IOperation? ReceiverIn(IOperation whenNotNull)
    {
        IOperation? current = whenNotNull;
        while (current is not (null or IConditionalAccessInstanceOperation))
        {
            current = current switch
            {
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { Length: > 0 } arguments } => arguments[0].Value,
                IMemberReferenceOperation { Instance: { } instance } => instance,
                IConversionOperation conversion => conversion.Operand,
                IConditionalAccessOperation nested => nested.Operation,
                _ => null,
            };
        }

        return current;
    }
}
