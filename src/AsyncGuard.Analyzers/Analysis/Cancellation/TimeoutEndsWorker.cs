using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// A handler that ends the loop of a worker for any cancellation, around a call that is also cancelled when it takes too long.
/// </summary>
internal static class TimeoutEndsWorker
{
    /// <summary>
    /// The call that has a time-out of its own, and the token that the handler should look at; null where the handler is right, or no loop
    /// of a worker.
    /// </summary>
    public static (IInvocationOperation Call, TokenCandidate Token)? Of(ICatchClauseOperation clause, ISymbol? member, GuardContext guard)
    {
        if (clause.Parent is not ITryOperation attempt || !(EndsLoop(clause, guard) || LetsOut(clause, guard))
            || LooksAtToken(clause, guard))
            return null;
        if (IsCaughtElsewhere(attempt, clause, guard) || WorkerLoopAround(attempt, member, guard) is not { } loop) return null;
        return OwnTimeout.In(attempt, loop, guard) is { } call && AskedToken.Of(attempt, member, guard) is { } token ? (call, token)
            : null;
    }

    /// <summary>
    /// Whether the clause takes cancellations only, and leaves the loop: <c>catch (OperationCanceledException) { break; }</c>
    /// </summary>
    public static bool EndsLoop(ICatchClauseOperation clause, GuardContext guard)
    {
        if (!guard.Cancellations.Is(clause.ExceptionType) || clause.Filter is not null
            || clause.Handler.Operations is not { Length: > 0 } statements)
            return false;
        return statements[statements.Length - 1] is IBranchOperation { BranchKind: BranchKind.Break }
            or IReturnOperation { ReturnedValue: null } or IExpressionStatementOperation { Operation: IThrowOperation { Exception: null } }
            or IThrowOperation { Exception: null };
    }

    // catch (Exception ex) when (ex is not OperationCanceledException)
    private static bool LetsOut(ICatchClauseOperation clause, GuardContext guard) =>
        clause.Filter is { } filter && !guard.Cancellations.Is(clause.ExceptionType) && guard.Cancellations.Catches(clause.ExceptionType)
        && Excludes(filter, guard);

    private static bool Excludes(IOperation filter, GuardContext guard) => filter switch
    {
        IParenthesizedOperation inner => Excludes(inner.Operand, guard),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
            Excludes(both.LeftOperand, guard) || Excludes(both.RightOperand, guard),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: var pattern } } => IsOfCancellation(pattern, guard),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => IsTest(operand, guard),
        _ => false,
    };

    private static bool IsTest(IOperation operand, GuardContext guard) =>
        operand is IIsTypeOperation { TypeOperand: var type } ? guard.Cancellations.Is(type)
        : operand is IIsPatternOperation { Pattern: var pattern } && IsOfCancellation(pattern, guard);

    private static bool IsOfCancellation(IPatternOperation pattern, GuardContext guard) => pattern switch
    {
        ITypePatternOperation { MatchedType: var type } => guard.Cancellations.Is(type),
        IDeclarationPatternOperation { MatchedType: var type } => guard.Cancellations.Is(type),
        _ => false,
    };

    private static bool LooksAtToken(ICatchClauseOperation clause, GuardContext guard)
    {
        foreach (var operation in clause.Descendants())
        {
            if (TokenUse.IsCheck(operation, guard)
                || CancellationMembers.TokenOfException.IsUse(operation) || CancellationMembers.InnerException.IsUse(operation)
                || CancellationMembers.ThrowIfCancellationRequested.IsUse(operation))
                return true;
        }

        return false;
    }

    // catch (TaskCanceledException ex) when (ex.InnerException is TimeoutException) { … } catch (OperationCanceledException) { break; }
    private static bool IsCaughtElsewhere(ITryOperation attempt, ICatchClauseOperation clause, GuardContext guard)
    {
        var isAfter = false;
        foreach (var other in attempt.Catches)
        {
            if (ReferenceEquals(other, clause))
            {
                isAfter = true;
                continue;
            }

            // catch (OperationCanceledException) when (!token.IsCancellationRequested) { … }: the time-outs are taken there
            if (!isAfter && guard.Cancellations.Catches(other.ExceptionType) && CancellationHandler.AsksForNone(other, guard)) return true;

            var takesCancellation = guard.Cancellations.Is(other.ExceptionType) && !LooksAtToken(other, guard);
            if (!isAfter && guard.Cancellations.Is(other.ExceptionType)
                && (other.Filter is null || !TokenUse.IsCheckIn(other.Filter, guard)))
                return true;
            if (isAfter && clause.Filter is not null
                && (takesCancellation || (other.Filter is null && guard.Cancellations.Catches(other.ExceptionType))))
                return true;
        }

        return false;
    }

    /// <summary>The loop of a worker around the <c>try</c>: it runs until it is asked to stop, and gives no result.</summary>
    private static ILoopOperation? WorkerLoopAround(ITryOperation attempt, ISymbol? member, GuardContext guard)
    {
        ILoopOperation? loop = null;
        for (var (child, parent) = ((IOperation)attempt, attempt.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case ILoopOperation when loop is not null:
                    return null;
                case ILoopOperation found:
                    if (!RunsUntilStopped(found, guard)) return null;
                    loop = found;
                    break;
                case ITryOperation outer when loop is null && ReferenceEquals(outer.Body, child) && CatchesCancellation(outer, guard):
                    return null;
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol.IsAsync && !HasResult(lambda.Symbol, guard) ? loop : null;
                case ILocalFunctionOperation local:
                    return local.Symbol.IsAsync && !HasResult(local.Symbol, guard) ? loop : null;
            }
        }

        return member is IMethodSymbol { IsAsync: true } method && !HasResult(method, guard) && !CleanupNames.EndsLife(method.Name) ? loop
            : null;
    }

    // while (true), while (!stoppingToken.IsCancellationRequested), while (await timer.WaitForNextTickAsync(stoppingToken))
    private static bool RunsUntilStopped(ILoopOperation loop, GuardContext guard) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } =>
            condition.ConstantValue is { HasValue: true, Value: true } || TokenUse.IsIn(condition, guard)
            || TokenUse.IsCheckIn(condition, guard),
        IForLoopOperation { Condition: null } => true,
        _ => false,
    };

    private static bool CatchesCancellation(ITryOperation attempt, GuardContext guard)
    {
        foreach (var clause in attempt.Catches)
        {
            if (guard.Cancellations.Catches(clause.ExceptionType)) return true;
        }

        return false;
    }

    private static bool HasResult(IMethodSymbol function, GuardContext guard) =>
        guard.Awaitables.ResultOf(function.ReturnType) is { SpecialType: not SpecialType.System_Void };
}
