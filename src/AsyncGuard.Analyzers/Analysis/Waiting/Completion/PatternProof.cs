using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>Proves that a task is complete where a pattern reads its result: <c>task is { IsCompleted: true, Result: 1 }</c>.</summary>
internal static class PatternProof
{
    /// <summary>Whether a property that the pattern reads before it says that the task is complete.</summary>
    public static bool IsComplete(IOperation task, GuardContext guard)
    {
        if (ReadOf(task) is not { Parent: IRecursivePatternOperation pattern } read) return false;
        foreach (var property in pattern.PropertySubpatterns)
        {
            // Properties are read in the order in which they are written.
            if (ReferenceEquals(property, read)) break;
            if (Proves(property, guard)) return true;
        }

        // { IsCompleted: true } and { Result: 1 }
        for (IOperation part = pattern; part.Parent is IBinaryPatternOperation both; part = both)
        {
            if (both.OperatorKind == BinaryOperatorKind.And && ReferenceEquals(both.RightPattern, part)
                && Proves(both.LeftPattern, guard))
                return true;
        }

        return false;
    }

    /// <summary>The task that the pattern is applied to, or null where the value is no pattern's input.</summary>
    public static IOperation? SubjectOf(IOperation task)
    {
        if (ReadOf(task)?.Parent is not IRecursivePatternOperation pattern) return null;
        IOperation whole = pattern;
        while (whole.Parent is IBinaryPatternOperation or INegatedPatternOperation) whole = whole.Parent;
        return whole.Parent switch
        {
            IIsPatternOperation { Value: var value } => value,
            ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation { Value: var value } } => value,
            IPatternCaseClauseOperation { Parent: ISwitchCaseOperation { Parent: ISwitchOperation { Value: var value } } } => value,
            _ => null,
        };
    }

    private static IPropertySubpatternOperation? ReadOf(IOperation task) =>
        task is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput }
        ? task.Parent?.Parent as IPropertySubpatternOperation : null;

    /// <summary>Whether what matches the pattern is complete: <c>{ IsCompleted: true }</c>.</summary>
    public static bool Proves(IPatternOperation pattern, GuardContext guard)
    {
        switch (pattern)
        {
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return Proves(both.LeftPattern, guard) || Proves(both.RightPattern, guard);
            case IBinaryPatternOperation either:
                return Proves(either.LeftPattern, guard) && Proves(either.RightPattern, guard);
            case IRecursivePatternOperation recursive:
                foreach (var property in recursive.PropertySubpatterns)
                {
                    if (Proves(property, guard)) return true;
                }

                return false;
            default:
                return false;
        }
    }

    // IsCompleted: true, Status: TaskStatus.RanToCompletion
    private static bool Proves(IPropertySubpatternOperation property, GuardContext guard) =>
        property is { Member: IPropertyReferenceOperation { Property: var read }, Pattern: IConstantPatternOperation { Value: var value } }
        && ((guard.Apis.Has(read, ApiTraits.ProvesComplete) && value.ConstantValue is { HasValue: true, Value: true })
            || IsFinalStatus(value, guard));

    /// <summary>Whether the value is a status that a task keeps: <c>TaskStatus.RanToCompletion</c>.</summary>
    public static bool IsFinalStatus(IOperation value, GuardContext guard) =>
        Unwrapped.Conversions(value) is IFieldReferenceOperation { Field: var status } && guard.Apis.Has(status, ApiTraits.ProvesComplete);
}
