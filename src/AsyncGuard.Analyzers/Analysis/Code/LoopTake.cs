using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>Loops that take items one by one: between taking an item and using it nothing may throw, or the item is lost.</summary>
internal static class LoopTake
{
    /// <summary>
    /// Whether the condition, or what a <c>foreach</c> runs through, takes the item that the body uses:
    /// <c>while (queue.TryDequeue(out var item))</c>, <c>while (await next() is { } item)</c>,
    /// <c>foreach (var item in queue.GetConsumingEnumerable())</c>
    /// </summary>
    public static bool IsInCondition(ILoopOperation loop)
    {
        switch (loop)
        {
            case IForEachLoopOperation each:
                return IsConsuming(each.Collection);
            case IWhileLoopOperation { Condition: { } condition }:
                return Takes(condition);
            case IForLoopOperation { Condition: { } condition }:
                return Takes(condition);
            default:
                return false;
        }
    }

    /// <summary>
    /// The assignment by which a pass takes the item of the next one, which the condition looks at; null where there is none:
    /// <c>item = await next();</c>
    /// </summary>
    public static IAssignmentOperation? AtEnd(ILoopOperation loop)
    {
        var condition = loop switch
        {
            IWhileLoopOperation one => one.Condition,
            IForLoopOperation one => one.Condition,
            _ => null,
        };
        if (condition is null) return null;
        foreach (var operation in loop.Descendants())
        {
            if (operation is not ISimpleAssignmentOperation { Target: var target, Value: var value } assignment
                || IsBefore(assignment, loop) || AccessPath.Of(target) is not { } path || !Calls(value))
                continue;
            foreach (var read in condition.DescendantsAndSelf())
            {
                if (read is ILocalReferenceOperation or IFieldReferenceOperation or IParameterReferenceOperation
                    && path.Equals(AccessPath.Of(read)))
                    return assignment;
            }
        }

        return null;
    }

    // for (item = await next(); …; …)
    private static bool IsBefore(IAssignmentOperation assignment, ILoopOperation loop)
    {
        if (loop is not IForLoopOperation steps) return false;
        foreach (var before in steps.Before)
        {
            if (before.Syntax.Span.Contains(assignment.Syntax.Span)) return true;
        }

        return false;
    }

    private static bool Takes(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref }:
                case IDeclarationPatternOperation { DeclaredSymbol: not null } or IRecursivePatternOperation { DeclaredSymbol: not null }:
                case IAssignmentOperation:
                    return true;
            }
        }

        return false;
    }

    private static bool IsConsuming(IOperation collection) =>
        Unwrapped.Sequence(collection) is IInvocationOperation { TargetMethod.Name: var name } && CollectionNames.Consumes(name);

    private static bool Calls(IOperation value)
    {
        foreach (var operation in value.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation or IAwaitOperation) return true;
        }

        return false;
    }
}
