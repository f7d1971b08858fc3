using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>Recognises a loop that waits for what others do only by looking, sleeping and looking again.</summary>
internal sealed class PollingLoop
{
    private readonly PolledState _state;
    private readonly GuardContext _guard;
    private IInvocationOperation? _delay;
    private bool _readsState;

    private PollingLoop(ILoopOperation loop, GuardContext guard)
    {
        _guard = guard;
        _state = new PolledState(loop, guard);
    }

    /// <summary>The call that passes the time, or null where the loop is none that polls.</summary>
    public static IInvocationOperation? DelayOf(ILoopOperation loop, GuardContext guard)
    {
        var polling = new PollingLoop(loop, guard);
        return polling.IsQuiet(loop) || polling.TakesOrWaits(loop.Body) ? polling._delay : null;
    }

    // while (!_done) await Task.Delay(10);
    private bool IsQuiet(ILoopOperation loop)
    {
        var condition = loop switch
        {
            IWhileLoopOperation { ConditionIsUntil: false } loopWhile => loopWhile.Condition,
            IForLoopOperation loopFor => loopFor.Condition,
            _ => null,
        };
        if (loop is not (IWhileLoopOperation or IForLoopOperation) || (condition is not null && !Reads(condition))) return false;

        // while (queue.TryDequeue(out var item)) await Task.Delay(item.Pause);
        if (condition is not null && CollectionTake.IsMadeWhen(condition, true)) return false;
        return IsQuiet(loop.Body) && _delay is not null && _readsState;
    }

    // while (true) { if (queue.TryDequeue(out var item)) Handle(item); else await Task.Delay(10); }
    // while (true) { if (!queue.TryDequeue(out var item)) { Thread.Sleep(1); continue; } Handle(item); }
    private bool TakesOrWaits(IOperation body)
    {
        (_delay, _readsState) = (null, false);
        if (body is not IBlockOperation { Operations: { Length: > 0 } statements } || statements[0] is not IConditionalOperation choice
            || !Reads(choice.Condition) || !_readsState)
            return false;
        var waits = IsQuietWait(choice.WhenTrue) ? choice.WhenFalse : IsQuietWait(choice.WhenFalse) ? choice.WhenTrue : choice;
        if (ReferenceEquals(waits, choice) || HasAwait(waits)) return false;
        if (statements.Length == 1) return waits is not null;
        if (waits is not null || !Leaves(choice.WhenTrue)) return false;
        for (var i = 1; i < statements.Length; i++)
        {
            if (HasAwait(statements[i])) return false;
        }

        return true;
    }

    private bool IsQuietWait(IOperation? branch)
    {
        _delay = null;
        return branch is not null && IsQuiet(branch) && _delay is not null;
    }

    // if (!queue.TryDequeue(out var item)) break; await Task.Delay(item.Pause);
    private static bool PausesWithItem(IConditionalOperation choice) =>
        CollectionTake.IsMadeWhen(choice.Condition, true) ? !Ends(choice.WhenTrue)
        : CollectionTake.IsMadeWhen(choice.Condition, false) && !Ends(choice.WhenFalse);

    private static bool Ends(IOperation? branch) =>
        Leaves(branch) || branch is IReturnOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation }
        || (branch is IBlockOperation { Operations: { Length: > 0 } statements } && Ends(statements[statements.Length - 1]));

    private static bool Leaves(IOperation? branch) =>
        branch is IBranchOperation
        || (branch is IBlockOperation { Operations: { Length: > 0 } statements } && statements[statements.Length - 1] is IBranchOperation);

    private bool HasAwait(IOperation? branch)
    {
        if (branch is null) return false;
        foreach (var operation in branch.DescendantsAndSelf())
        {
            if (operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true }
                || (operation is IInvocationOperation call && IsDelay(call)))
                return true;
        }

        return false;
    }

    private bool IsQuiet(IOperation? statement)
    {
        switch (statement)
        {
            case null or IEmptyOperation or IBranchOperation or IThrowOperation:
                return true;
            case IReturnOperation leave:
                return leave.Kind == OperationKind.Return && !HasAwait(leave.ReturnedValue);
            case ILockOperation locked:
                return IsQuiet(locked.Body);
            case IConditionalOperation choice:
                return Reads(choice.Condition) && !PausesWithItem(choice) && IsQuiet(choice.WhenTrue) && IsQuiet(choice.WhenFalse);
            case IExpressionStatementOperation { Operation: var expression }:
                return IsQuietExpression(expression);
            case IBlockOperation block:
                foreach (var inner in block.Operations)
                {
                    if (!IsQuiet(inner)) return false;
                }

                return true;
            case IVariableDeclarationGroupOperation declarations:
                foreach (var operation in declarations.Descendants())
                {
                    if (operation is IVariableInitializerOperation { Value: var value } && !Reads(value)) return false;
                }

                return true;
            default:
                return false;
        }
    }

    private bool IsQuietExpression(IOperation expression)
    {
        if (expression is IAwaitOperation awaited) expression = Unwrapped.Awaited(awaited.Operation);
        switch (expression)
        {
            case IInvocationOperation call when IsDelay(call):
                _delay = call;
                return true;

            // token.ThrowIfCancellationRequested(), logger.LogDebug("Still waiting")
            case IInvocationOperation call:
                return _state.IsToken(call.Instance) || LogCall.Is(call.TargetMethod, _guard);

            case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation }:
                return true;
            case IAssignmentOperation { Target: ILocalReferenceOperation } assignment:
                return Reads(assignment.Value);
            default:
                return false;
        }
    }

    private bool Reads(IOperation value)
    {
        var kind = _state.KindOf(value);
        _readsState |= kind == PolledState.Kind.Shared;
        return kind != PolledState.Kind.Unknown;
    }

    // await Task.Delay(10), await Task.Yield(), Thread.Sleep(10); Task.Delay(Timeout.Infinite, token) waits for the token
    private bool IsDelay(IInvocationOperation call) =>
        _guard.Apis.Has(call.TargetMethod, ApiTraits.Passes)
        && !(call.Arguments.Length > 0 && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: -1 });
}
