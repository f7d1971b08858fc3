using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>Whether a failure at some place leads to code that takes care of a task all the same.</summary>
internal static class FailureHandling
{
    /// <summary>
    /// Whether a <c>try</c> around the place has a handler, and the task is used outside of what it guards: in the handler or after it.
    /// </summary>
    public static bool LeadsTo(TaskHolder task, IOperation place)
    {
        for (var (child, parent) = (place, place.Parent);
            parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            foreach (var use in task.Uses)
            {
                if (use.Fate.Kind is TaskFateKind.Written or TaskFateKind.Inspected
                    || attempt.Body.Syntax.Span.Contains(use.Reference.Syntax.Span))
                    continue;
                if (!attempt.Catches.IsEmpty || attempt.Finally?.Syntax.Span.Contains(use.Reference.Syntax.Span) == true) return true;
            }
        }

        return false;
    }

    /// <summary>Whether a <c>try</c> with a <c>catch</c> stands between the place and a loop, so that the loop goes on.</summary>
    public static bool StaysInside(ILoopOperation loop, IOperation place)
    {
        for (var (child, parent) = (place, place.Parent); parent is not null && !ReferenceEquals(parent, loop);
            (child, parent) = (parent, parent.Parent))
        {
            if (parent is ITryOperation { Catches.Length: > 0 } attempt && ReferenceEquals(attempt.Body, child)) return true;
        }

        return false;
    }
}
