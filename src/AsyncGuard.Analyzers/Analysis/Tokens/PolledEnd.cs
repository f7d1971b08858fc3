using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// Work that a function leaves for its end, which it reaches because it asks the token itself:
/// <code>while (!token.IsCancellationRequested) { …; await Task.Delay(1000); } await FlushAsync();</code>
/// A call before it that obeyed the token would leave with an exception, past that work.
/// </summary>
internal static class PolledEnd
{
    /// <summary>Whether the place could skip such work if it had the token.</summary>
    public static bool IsSkippedFrom(IOperation place, TokenCandidate token, GuardContext guard)
    {
        var isAsked = false;
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ITryOperation attempt when ReferenceEquals(attempt.Body, child) && GoesOnBehind(attempt, guard):
                    return false;
                case ILoopOperation loop:
                    isAsked |= loop is IWhileLoopOperation { ConditionIsUntil: false, Condition: { } condition }
                        && Asks(condition, token, outcome: false);
                    if (HasEndInside(loop.Body, token, guard)) return true;
                    break;
                case IBlockOperation block when HasEndBehind(block, child, isAsked, token, guard):
                    return true;
            }
        }

        return false;
    }

    // try { while (!token.IsCancellationRequested) { … } } catch (OperationCanceledException) { } await FlushAsync();
    private static bool GoesOnBehind(ITryOperation attempt, GuardContext guard)
    {
        foreach (var clause in attempt.Catches)
        {
            if (!guard.Cancellations.Catches(clause.ExceptionType)) continue;
            var statements = clause.Handler.Operations;
            return statements.IsEmpty || statements[statements.Length - 1] is not (IThrowOperation
                or IExpressionStatementOperation { Operation: IThrowOperation });
        }

        return false;
    }

    private static bool HasEndBehind(IBlockOperation block, IOperation child, bool isAsked, TokenCandidate token, GuardContext guard)
    {
        for (var next = block.Operations.IndexOf(child) + 1; next < block.Operations.Length; next++)
        {
            if (IsCancelledEnd(block.Operations[next], token, guard) || (isAsked && DoesSomething(block.Operations[next], guard)))
                return true;
        }

        return false;
    }

    private static bool HasEndInside(IOperation body, TokenCandidate token, GuardContext guard)
    {
        if (body is not IBlockOperation block) return IsCancelledEnd(body, token, guard);
        foreach (var statement in block.Operations)
        {
            if (IsCancelledEnd(statement, token, guard)) return true;
        }

        return false;
    }

    // if (token.IsCancellationRequested) { await SaveAsync(); break; }
    private static bool IsCancelledEnd(IOperation statement, TokenCandidate token, GuardContext guard) =>
        statement is IConditionalOperation choice && Asks(choice.Condition, token, outcome: true) && DoesSomething(choice.WhenTrue, guard);

    // !token.IsCancellationRequested && n < 3 may be false because of the token, token.IsCancellationRequested || done may be true
    private static bool Asks(IOperation condition, TokenCandidate token, bool outcome) => condition switch
    {
        IParenthesizedOperation inner => Asks(inner.Operand, token, outcome),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Asks(not.Operand, token, !outcome),
        IBinaryOperation binary => Asks(binary.LeftOperand, token, outcome) || Asks(binary.RightOperand, token, outcome),
        IPropertyReferenceOperation { Property: var property, Instance: { } asked } =>
            outcome && CancellationMembers.IsCancellationRequested.Is(property) && IsOf(asked, token.Owner),
        _ => false,
    };

    // token.IsCancellationRequested, _stopping.IsCancellationRequested, _stopping.Token.IsCancellationRequested
    private static bool IsOf(IOperation asked, ISymbol owner)
    {
        if (asked is IPropertyReferenceOperation { Property.Name: WellKnownMember.Token, Instance: { } source }) asked = source;
        var symbol = asked switch
        {
            ILocalReferenceOperation local => (ISymbol)local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IMemberReferenceOperation member => member.Member,
            _ => null,
        };
        return SymbolEqualityComparer.Default.Equals(symbol, owner);
    }

    // A log line is not missed, and neither is what a return computes.
    private static bool DoesSomething(IOperation code, GuardContext guard)
    {
        foreach (var inner in code.DescendantsAndSelf())
        {
            if (inner is IExpressionStatementOperation { Operation: var expression } && HasEffect(expression, guard)
                && !IsInFunction(inner, code))
                return true;
        }

        return false;
    }

    private static bool HasEffect(IOperation expression, GuardContext guard)
    {
        if (expression is IAwaitOperation awaited) expression = Unwrapped.Awaited(awaited.Operation);
        return expression switch
        {
            IInvocationOperation call => !LogCall.Is(call.TargetMethod, guard)
                && !CancellationMembers.ThrowIfCancellationRequested.Is(call.TargetMethod),
            IAssignmentOperation { Target: ILocalReferenceOperation or IDiscardOperation, Value: not IAwaitOperation } => false,
            IIncrementOrDecrementOperation { Target: ILocalReferenceOperation } => false,
            IThrowOperation => false,
            _ => true,
        };
    }

    private static bool IsInFunction(IOperation inner, IOperation outer)
    {
        for (var parent = inner; parent is not null && !ReferenceEquals(parent, outer); parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        }

        return outer is ILocalFunctionOperation;
    }
}
