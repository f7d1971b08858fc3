using AsyncGuard.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// A handler that counts on the <c>AggregateException</c> of a synchronous wait. An await throws the inner exception, which would pass it by.
/// </summary>
internal static class AggregateHandler
{
    public static bool Guards(IOperation wait, GuardContext guard)
    {
        IOperation child = wait;
        for (var parent = wait.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent, parent = parent.Parent)
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            foreach (var handler in attempt.Catches)
            {
                if (SymbolEqualityComparer.Default.Equals(handler.ExceptionType, guard.Types.AggregateException)) return true;
            }
        }

        return false;
    }
}
