using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>A <c>catch</c> in which a cancellation ends, so that the loop or the service that was asked to stop goes on.</summary>
internal sealed class SwallowedCancellation
{
    private readonly ICatchClauseOperation _clause;
    private readonly ITryOperation _attempt;
    private readonly GuardContext _guard;

    private SwallowedCancellation(ICatchClauseOperation clause, ITryOperation attempt, bool isInLoop, GuardContext guard)
    {
        _clause = clause;
        _attempt = attempt;
        _guard = guard;
        IsInLoop = isInLoop;
    }

    /// <summary>Whether it is a loop that goes on; else it is a background service.</summary>
    public bool IsInLoop { get; }

    /// <summary>What may be one, or null where it cannot: the test that needs no control flow.</summary>
    public static SwallowedCancellation? Of(ICatchClauseOperation clause, ISymbol? member, GuardContext guard)
    {
        if (clause.Parent is not ITryOperation attempt || !guard.Cancellations.Catches(clause.ExceptionType)
            || IsCaughtBefore(attempt, clause, guard))
            return null;
        if (ScopeAround(attempt, member, guard, out var isLoop) is not { } scope || CleanupCode.Surrounds(attempt, member, guard))
            return null;
        if (CancellationHandler.Decides(clause, guard) || !AwaitsWithToken(attempt, scope, guard)) return null;
        return new SwallowedCancellation(clause, attempt, isLoop, guard);
    }

    /// <summary>Whether some path leads from the handler to more work.</summary>
    public bool GoesOn(ControlFlowGraph outermost) =>
        FlowGraphs.Inner(FlowGraphs.FunctionsAround(_clause), outermost) is { } graph
        && new HandlerFlow(_clause, _attempt, IsInLoop, graph, _guard).GoesOn();

    // catch (OperationCanceledException) { … } catch (Exception) { … }: the second is for something else
    private static bool IsCaughtBefore(ITryOperation attempt, ICatchClauseOperation clause, GuardContext guard)
    {
        foreach (var earlier in attempt.Catches)
        {
            if (ReferenceEquals(earlier, clause)) return false;
            if (guard.Cancellations.Is(earlier.ExceptionType)
                || (earlier.Filter is not null && CancellationHandler.TakesCancellations(earlier, guard)))
                return true;
            if (earlier.Filter is { } filter && guard.Cancellations.Catches(earlier.ExceptionType)
                && (TokenUse.IsCheckIn(filter, guard) || CancellationHandler.HasTypeTest(filter, guard)))
                return true;
        }

        return false;
    }

    /// <summary>The loop around the <c>try</c> in its async function, or the body of a background service.</summary>
    private static SyntaxNode? ScopeAround(ITryOperation attempt, ISymbol? member, GuardContext guard, out bool isLoop)
    {
        SyntaxNode? loop = null;
        isLoop = false;
        for (var parent = attempt.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case ILoopOperation found:
                    loop ??= found.Syntax;
                    isLoop = true;
                    break;
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol.IsAsync ? loop : null;
                case ILocalFunctionOperation local:
                    return local.Symbol.IsAsync && !CleanupNames.EndsLife(local.Symbol.Name) ? loop : null;
            }
        }

        if (member is not IMethodSymbol { IsAsync: true } method || CleanupNames.EndsLife(method.Name) || CodeContext.IsEntryPoint(method))
            return null;
        return loop ?? (IsService(method, guard) ? attempt.Syntax : null);
    }

    // protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    private static bool IsService(IMethodSymbol method, GuardContext guard) =>
        method.OverriddenMethod is { ContainingType: var type }
        && SymbolEqualityComparer.Default.Equals(type, guard.Types.BackgroundService);

    /// <summary>Whether the <c>try</c> has an await that a token from outside can end, and whose exception reaches its handlers.</summary>
    private static bool AwaitsWithToken(ITryOperation attempt, SyntaxNode scope, GuardContext guard)
    {
        foreach (var operation in attempt.Body.Descendants())
        {
            var awaited = operation switch
            {
                IAwaitOperation await => await.Operation,
                IForEachLoopOperation { IsAsynchronous: true } loop => loop.Collection,
                _ => null,
            };
            if (awaited is not null && CallerTokens.AreIn(awaited, scope, guard) && Reaches(operation, attempt, guard)) return true;
        }

        return false;
    }

    // A lambda has exceptions of its own, and an inner catch that does not throw keeps them.
    private static bool Reaches(IOperation operation, ITryOperation attempt, GuardContext guard)
    {
        var child = operation;
        for (var parent = operation.Parent; parent is not null && !ReferenceEquals(parent, attempt); child = parent, parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation or ICatchClauseOperation) return false;
            if (parent is not ITryOperation inner) continue;
            if (ReferenceEquals(inner.Finally, child) || Keeps(inner, guard)) return false;
        }

        return true;
    }

    private static bool Keeps(ITryOperation attempt, GuardContext guard)
    {
        foreach (var clause in attempt.Catches)
        {
            if (!guard.Cancellations.Catches(clause.ExceptionType)) continue;
            foreach (var operation in clause.Handler.Descendants())
            {
                if (operation is IThrowOperation) return false;
            }

            return clause.Filter is null;
        }

        return false;
    }
}
