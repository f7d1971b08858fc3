using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>A null that a function returns in the place of a task.</summary>
internal static class NullTask
{
    /// <summary>Whether the value is <c>null</c> or <c>default</c>, as it stands or through a cast.</summary>
    public static bool IsNull(IOperation value) => value is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } };

    // Task? Current => null; Func<Task?> next = () => null; a property of code without nullable annotations, where null may mean "none yet"
    public static bool IsDeclared(IMethodSymbol function, IOperation? lambda)
    {
        if (function.ReturnNullableAnnotation == NullableAnnotation.Annotated) return true;
        if (function.MethodKind == MethodKind.PropertyGet) return function.ReturnNullableAnnotation == NullableAnnotation.None;
        return lambda?.Parent is IDelegateCreationOperation
        {
            Type: INamedTypeSymbol { DelegateInvokeMethod.ReturnNullableAnnotation: NullableAnnotation.Annotated }
        };
    }

    // if (task == null) return null; and task is null ? null : task.ContinueWith(…): a caller that passes null gets null
    public static bool IsEcho(IOperation value, GuardContext guard)
    {
        for (var (child, parent) = (value, value.Parent); parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            (child, parent) = (parent, parent.Parent))
        {
            if (parent is IConditionalOperation choice && !ReferenceEquals(choice.Condition, child)
                && LooksForNullTask(choice.Condition, guard))
                return true;
        }

        return false;
    }

    private static bool LooksForNullTask(IOperation condition, GuardContext guard)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            var looked = operation switch
            {
                IIsPatternOperation match => match.Value,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                    when IsNull(comparison.RightOperand) => comparison.LeftOperand,
                IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                    when IsNull(comparison.LeftOperand) => comparison.RightOperand,
                _ => null,
            };
            looked = Unwrapped.ConversionsOrNull(looked);
            if (AccessPath.Of(looked) is not null && guard.Awaitables.IsTask(looked!.Type)) return true;
        }

        return false;
    }
}
