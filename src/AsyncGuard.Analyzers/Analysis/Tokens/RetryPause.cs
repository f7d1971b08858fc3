using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// The pause before the next attempt, in the <c>catch</c> of the last one: <c>catch (IOException) { await Task.Delay(1000); }</c> in a
/// loop. It cleans nothing up.
/// </summary>
internal static class RetryPause
{
    public static bool Is(IOperation place, ICatchClauseOperation handler) =>
        place is IInvocationOperation { TargetMethod.Name: var name } && ConventionalNames.Pauses(name)
        && handler.Parent is ITryOperation attempt
        && IsInLoop(attempt) && !LeavesAfter(place, handler);

    private static bool IsInLoop(ITryOperation attempt)
    {
        for (var parent = attempt.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation) return true;
            if (parent is ICatchClauseOperation or ITryOperation { Finally: not null }) return false;
        }

        return false;
    }

    // catch (IOException) { await Task.Delay(100); throw; }
    private static bool LeavesAfter(IOperation place, ICatchClauseOperation handler)
    {
        foreach (var operation in handler.Handler.Operations)
        {
            if (operation.Syntax.SpanStart > place.Syntax.Span.End
                && operation is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo }
                or IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation)
                return true;
        }

        return false;
    }
}
