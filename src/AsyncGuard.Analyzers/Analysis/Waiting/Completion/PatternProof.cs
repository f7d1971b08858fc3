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
            if (ReferenceEquals(property, read)) return false;
            if (Proves(property, guard)) return true;
        }

        return false;
    }

    /// <summary>The task that the pattern is applied to, or null where the value is no pattern's input.</summary>
    public static IOperation? SubjectOf(IOperation task) =>
        ReadOf(task)?.Parent is IRecursivePatternOperation { Parent: IIsPatternOperation { Value: var value } } ? value : null;

    private static IPropertySubpatternOperation? ReadOf(IOperation task) =>
        task is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.PatternInput }
        ? task.Parent?.Parent as IPropertySubpatternOperation : null;

    // IsCompleted: true, Status: TaskStatus.RanToCompletion
    private static bool Proves(IPropertySubpatternOperation property, GuardContext guard) =>
        property is { Member: IPropertyReferenceOperation { Property: var read }, Pattern: IConstantPatternOperation { Value: var value } }
        && ((guard.Apis.Has(read, ApiTraits.ProvesComplete) && value.ConstantValue is { HasValue: true, Value: true })
            || (value is IFieldReferenceOperation { Field: var status } && guard.Apis.Has(status, ApiTraits.ProvesComplete)));
}
