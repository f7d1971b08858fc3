using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>Whether code that often fails stands before a place, so that a failure keeps the place from being reached.</summary>
internal static class FailureBefore
{
    /// <summary>Whether anything that may fail runs before the place in its function.</summary>
    public static bool MayKeepFrom(IOperation place, GuardContext guard)
    {
        var function = FlowGraphs.FunctionAround(place);
        foreach (var operation in (function ?? FlowGraphs.RootOf(place)).Descendants())
        {
            if (IsBefore(operation, place) && ReferenceEquals(FlowGraphs.FunctionAround(operation), function)
                && PossibleFailure.Is(operation, guard) && !IsCaughtApart(operation, place) && !IsOnOtherBranch(operation, place))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the place is the end of a <c>try</c> that may fail before it, with a handler after which the function goes on.
    /// </summary>
    public static bool IsSwallowedAround(IOperation place, GuardContext guard)
    {
        for (var (child, parent) = (place, place.Parent); parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            (child, parent) = (parent, parent.Parent))
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            foreach (var handler in attempt.Catches)
            {
                if (!Leaves(handler, guard) && MayFailIn(attempt.Body, place, guard)) return true;
            }
        }

        return false;
    }

    /// <summary>Whether the place stands in a <c>finally</c> or <c>catch</c>.</summary>
    public static bool IsInCleanup(IOperation place)
    {
        for (var (child, parent) = (place, place.Parent); parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            (child, parent) = (parent, parent.Parent))
        {
            if (parent is ICatchClauseOperation || (parent is ITryOperation { Finally: { } cleanup } && ReferenceEquals(cleanup, child)))
                return true;
        }

        return false;
    }

    private static bool MayFailIn(IOperation code, IOperation place, GuardContext guard)
    {
        foreach (var operation in code.Descendants())
        {
            if (IsBefore(operation, place) && ReferenceEquals(FlowGraphs.FunctionAround(operation), FlowGraphs.FunctionAround(place))
                && PossibleFailure.Is(operation, guard) && !IsCaughtApart(operation, place))
                return true;
        }

        return false;
    }

    // source.SetResult(Parse(text)): its arguments run first
    private static bool IsBefore(IOperation operation, IOperation place) =>
        operation.Syntax.Span.End <= place.Syntax.Span.Start
        || (place.Syntax.Span.Contains(operation.Syntax.Span) && !ReferenceEquals(operation, place));

    // try { Parse(); } catch { } source.SetResult(): reached all the same
    private static bool IsCaughtApart(IOperation operation, IOperation place)
    {
        for (var (child, parent) = (operation, operation.Parent);
            parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is ITryOperation { Catches.IsEmpty: false } attempt && ReferenceEquals(attempt.Body, child)
                && !attempt.Syntax.Span.Contains(place.Syntax.Span))
                return true;
        }

        return false;
    }

    // if (text is null) throw …; else source.SetResult(text): still before; but if (a) { Parse(); return; } source.SetResult() is another
    // way
    private static bool IsOnOtherBranch(IOperation operation, IOperation place)
    {
        for (var (child, parent) = (operation, operation.Parent);
            parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (operation is not IThrowOperation && parent is IConditionalOperation choice && !ReferenceEquals(choice.Condition, child)
                && !child.Syntax.Span.Contains(place.Syntax.Span))
                return true;
        }

        return false;
    }

    private static bool Leaves(ICatchClauseOperation handler, GuardContext guard)
    {
        foreach (var operation in handler.Handler.Descendants())
        {
            if (operation is IThrowOperation or IReturnOperation
                || NoReturn.EndsProcess(operation, guard))
                return true;
        }

        return false;
    }
}
