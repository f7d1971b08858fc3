using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>What ends a loop.</summary>
internal static class LoopBounds
{
    /// <summary>Whether the loop has no condition: <c>while (true)</c>, <c>for (;;)</c>.</summary>
    public static bool IsEndless(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: var condition } => condition?.ConstantValue is { HasValue: true, Value: true },
        IForLoopOperation { Condition: var condition } => condition is null || condition.ConstantValue is { HasValue: true, Value: true },
        _ => false,
    };

    /// <summary>Whether the loop counts its passes and looks at the number, so that it ends on its own.</summary>
    public static bool IsCounted(ILoopOperation loop) => Counts(loop) || (loop is IForLoopOperation steps && IsCounter(steps));

    // i < count with i++ in the loop, if (++attempt == 3) throw, catch when (attempt < 3)
    private static bool Counts(ILoopOperation loop)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is not IBinaryOperation { OperatorKind: var kind } comparison || !IsComparison(kind)) continue;
            if (IsStepped(comparison.LeftOperand, loop) || IsStepped(comparison.RightOperand, loop)) return true;
        }

        return false;
    }

    // for (i = ++Index; i < count; i = ++Index)
    private static bool IsCounter(IForLoopOperation loop) =>
        loop.Condition is IBinaryOperation { OperatorKind: var kind } && IsComparison(kind) && !loop.AtLoopBottom.IsEmpty;

    private static bool IsComparison(BinaryOperatorKind kind) =>
        kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
        or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals;

    private static bool IsStepped(IOperation value, ILoopOperation loop)
    {
        value = Unwrapped.Conversions(value);
        if (value is IIncrementOrDecrementOperation) return true;
        if (AccessPath.Of(value) is not { } path
            || value.Type?.SpecialType is not (>= SpecialType.System_SByte and <= SpecialType.System_Double))
            return false;
        foreach (var operation in loop.Descendants())
        {
            var target = operation switch
            {
                IIncrementOrDecrementOperation step => step.Target,
                ICompoundAssignmentOperation step => step.Target,
                _ => null,
            };
            if (target is not null && AccessPath.Of(target) is { } stepped && stepped.Equals(path)) return true;
        }

        return false;
    }
}
