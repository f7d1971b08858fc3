using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// A <c>try</c> that no exception leaves: one of its handlers catches everything, and none of them throws:
/// <c>try { … } catch (Exception e) { Log(e); }</c>.
/// </summary>
internal static class BroadHandler
{
    public static bool Of(ITryOperation attempt) => Of(attempt, null);

    /// <summary>
    /// The same, where cancellations may leave it, which are no failures:
    /// <c>catch (OperationCanceledException) { throw; } catch (Exception e) { Log(e); }</c>.
    /// </summary>
    public static bool ButForCancellation(ITryOperation attempt, GuardContext guard) => Of(attempt, guard);

    /// <summary>Whether the code throws where it stands, not in a lambda that it hands on: <c>Post(() => throw e)</c>.</summary>
    public static bool Throws(IOperation code)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is IThrowOperation && FlowGraphs.FunctionAround(operation) == FlowGraphs.FunctionAround(code)) return true;
        }

        return false;
    }

    private static bool Of(ITryOperation attempt, GuardContext? cancellations)
    {
        var isBroad = false;
        foreach (var clause in attempt.Catches)
        {
            if (cancellations?.Cancellations.Is(clause.ExceptionType) != true && Throws(clause.Handler)) return false;
            isBroad |= Faults.IsEveryException(clause.ExceptionType)
                && (clause.Filter is null || (cancellations is not null && IsAboutCancellation(clause.Filter, cancellations)));
        }

        return isBroad;
    }

    // when (e is not OperationCanceledException), when (!token.IsCancellationRequested)
    private static bool IsAboutCancellation(IOperation filter, GuardContext guard)
    {
        foreach (var operation in filter.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IIsTypeOperation { TypeOperand: var type } when guard.Cancellations.Is(type):
                case ITypePatternOperation { MatchedType: var matched } when guard.Cancellations.Is(matched):
                case IDeclarationPatternOperation { MatchedType: { } declared } when guard.Cancellations.Is(declared):
                case IPropertyReferenceOperation when CancellationMembers.IsCancellationRequested.IsUse(operation):
                    return true;
            }
        }

        return false;
    }
}
