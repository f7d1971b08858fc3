using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>A call that takes a permit of a semaphore, seen together with the call that gives it back in the same function.</summary>
internal sealed class PermitUse
{
    private readonly IInvocationOperation _take;
    private readonly AccessPath _gate;
    private readonly GuardContext _guard;
    private readonly bool _isTimed;

    private PermitUse(IInvocationOperation take, AccessPath gate, GuardContext guard)
    {
        _take = take;
        _gate = gate;
        _guard = guard;
        _isTimed = take.Arguments.Length > 0 && InfiniteTimeout.IsIn(take.Arguments) == false;
    }

    /// <summary>What goes wrong between the call and its release; none where the call takes no permit, or nothing does.</summary>
    public static PermitFault FaultOf(IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Apis.Has(call.TargetMethod, ApiTraits.TakesPermit) || AccessPath.Of(call.Instance) is not { } gate)
            return PermitFault.None;
        var use = new PermitUse(call, gate, guard);
        if (use.IsInsideItsTry()) return PermitFault.TakenInside;
        if (use.IsResultIgnored()) return PermitFault.ResultIgnored;
        return use.Guarded() is not null ? PermitFault.ReleaseSkipped
            : use.IsSkippedBeforeTry() ? PermitFault.SkippedBeforeTry : PermitFault.None;
    }

    /// <summary>The statements between the two, and the release, where an exception would skip it; null where none would.</summary>
    public static (IOperation Take, IReadOnlyList<IOperation> Between, IOperation Release)? UnprotectedPart(IInvocationOperation call,
        GuardContext guard) =>
        AccessPath.Of(call.Instance) is { } gate ? new PermitUse(call, gate, guard).Guarded() : null;

    /// <summary>The <c>try</c> around the call whose <c>finally</c> or <c>catch</c> gives back what the call may not have taken.</summary>
    public static ITryOperation? TryAround(IInvocationOperation call, GuardContext guard) =>
        AccessPath.Of(call.Instance) is { } gate ? new PermitUse(call, gate, guard).ReleasingTry() : null;

    // try { await gate.WaitAsync(token); … } finally { gate.Release(); }; without token and time-out it does not fail
    private bool IsInsideItsTry() => (_isTimed || HasToken()) && !ReleasedIn(_take, out _) && ReleasingTry() is not null;

    private ITryOperation? ReleasingTry()
    {
        IOperation child = _take;
        for (var parent = _take.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            (child, parent) = (parent, parent.Parent))
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            if (attempt.Finally is { } cleanup && ReleasesAlways(cleanup.Operations)) return Takings(attempt.Body) == 1 ? attempt : null;
            foreach (var clause in attempt.Catches)
            {
                if (clause.Filter is not null || !_guard.Cancellations.Catches(clause.ExceptionType)) continue;
                if (ReleasesAlways(clause.Handler.Operations)) return Takings(attempt.Body) == 1 ? attempt : null;
                // catch (OperationCanceledException) { return; } catch (Exception) { gate.Release(); }
                if (!_isTimed) break;
            }
        }

        return null;
    }

    // Taken and released several times in one try: which of them the finally is for is not plain.
    private int Takings(IOperation body)
    {
        var count = 0;
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation call && IsOfGate(call)
                && _guard.Apis.Has(call.TargetMethod, ApiTraits.TakesPermit | ApiTraits.GivesPermit))
                count++;
        }

        return count;
    }

    // gate.Release(); gate?.Release(); not if (taken) gate.Release(); not if (token.IsCancellationRequested) return; gate.Release();
    private bool ReleasesAlways(ImmutableArray<IOperation> statements)
    {
        foreach (var statement in statements)
        {
            if (IsRelease(statement)) return true;
            if (!_isTimed && IsCancelledExit(statement)) return false;
        }

        return false;
    }

    // if (token.IsCancellationRequested) return;, of the token that can end the wait, or of its source
    private bool IsCancelledExit(IOperation statement) => statement switch
    {
        IConditionalOperation { Condition: IPropertyReferenceOperation asked, WhenTrue: { } leaving } =>
            CancellationMembers.IsCancellationRequested.IsUse(asked) && IsOfToken(asked.Instance) && Leaves(leaving),
        IExpressionStatementOperation { Operation: IInvocationOperation call } =>
            CancellationMembers.ThrowIfCancellationRequested.IsUse(call) && IsOfToken(call.Instance),
        _ => false,
    };

    private bool IsOfToken(IOperation? asked)
    {
        if (AccessPath.Of(asked) is not { } owner) return false;
        foreach (var argument in _take.Arguments)
        {
            if (_guard.Tokens.IsToken(argument.Parameter?.Type) && AccessPath.Of(argument.Value) is { } token && token.StartsWith(owner))
                return true;
        }

        return false;
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        IReturnOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    private bool HasToken()
    {
        foreach (var argument in _take.Arguments)
        {
            if (_guard.Tokens.IsToken(argument.Parameter?.Type) && argument.ArgumentKind == ArgumentKind.Explicit
                && argument.Value is not IDefaultValueOperation && !CancellationMembers.None.IsUse(argument.Value))
                return true;
        }

        return false;
    }

    // await gate.WaitAsync(1000); … gate.Release();
    private bool IsResultIgnored()
    {
        if (!_isTimed || _take.Type is null) return false;
        var value = Unwrapped.AwaitedAround(_take);
        var isIgnored = value.Parent switch
        {
            IExpressionStatementOperation => value.Type?.SpecialType == SpecialType.System_Boolean,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => !IsRead(local),
            _ => false,
        };
        return isIgnored && IsReleasedAfter();
    }

    private bool IsRead(ILocalSymbol local)
    {
        foreach (var operation in Root().Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var read } && SymbolEqualityComparer.Default.Equals(read, local))
                return true;
        }

        return false;
    }

    private bool IsReleasedAfter()
    {
        var function = FlowGraphs.FunctionAround(_take);
        foreach (var operation in Root().Descendants())
        {
            if (operation is IInvocationOperation call && call.Syntax.SpanStart > _take.Syntax.Span.End && IsGiving(call)
                && ReferenceEquals(FlowGraphs.FunctionAround(call), function))
                return true;
        }

        return false;
    }

    // await gate.WaitAsync(); await SaveAsync(); gate.Release();
    private (IOperation Take, IReadOnlyList<IOperation> Between, IOperation Release)? Guarded()
    {
        if (!ReleasedIn(_take, out var place) || place is not var (block, first, last)) return null;
        var between = new List<IOperation>();
        var isRisky = false;
        for (var i = first + 1; i < last; i++)
        {
            var statement = block.Operations[i];
            between.Add(statement);
            if (GivesInHandler(statement)) return null;
            isRisky |= RiskyCode.Is(statement, _guard);
        }

        return isRisky && !IsReleasedAround(block) ? (block.Operations[first], between, block.Operations[last]) : null;
    }

    // await gate.WaitAsync(); var rows = await LoadAsync(); try { … } finally { gate.Release(); }
    private bool IsSkippedBeforeTry()
    {
        if (StatementOfTake() is not { Parent: IBlockOperation block } statement) return false;
        var isRisky = false;
        for (var i = block.Operations.IndexOf(statement) + 1; i < block.Operations.Length; i++)
        {
            var next = block.Operations[i];
            if (next is ITryOperation { Finally: { } cleanup } && ReleasesAlways(cleanup.Operations))
                return isRisky && !IsReleasedAround(block);
            if (NamesGate(next)) return false;
            isRisky |= !IsLog(next) && RiskyCode.Is(next, _guard);
        }

        return false;
    }

    // await gate.WaitAsync(); and if (!await gate.WaitAsync(1000)) return;
    private IOperation? StatementOfTake()
    {
        var value = Unwrapped.AwaitedAround(_take);
        return value.Parent switch
        {
            IExpressionStatementOperation statement => statement,
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Parent: IConditionalOperation { WhenTrue: { } leaving } guarded }
                when Leaves(leaving) => guarded,
            _ => null,
        };
    }

    private bool NamesGate(IOperation code)
    {
        foreach (var operation in code.Descendants())
        {
            if (operation is IInvocationOperation call && IsOfGate(call)) return true;
        }

        return false;
    }

    private bool IsLog(IOperation statement) =>
        statement is IExpressionStatementOperation { Operation: IInvocationOperation call } && LogCall.Is(call.TargetMethod, _guard);

    // The statement of the call, and the release that follows it in the same block.
    private bool ReleasedIn(IOperation call, out (IBlockOperation Block, int First, int Last)? place)
    {
        place = null;
        if (Unwrapped.AwaitedAround(call).Parent is not IExpressionStatementOperation { Parent: IBlockOperation block } statement)
            return false;

        var first = block.Operations.IndexOf(statement);
        for (var i = first + 1; i < block.Operations.Length; i++)
        {
            if (!IsRelease(block.Operations[i])) continue;
            place = (block, first, i);
            return true;
        }

        return false;
    }

    private bool GivesInHandler(IOperation statement)
    {
        foreach (var operation in statement.Descendants())
        {
            if (operation is IInvocationOperation call && IsGiving(call) && IsInHandler(call, statement)) return true;
        }

        return false;
    }

    private static bool IsInHandler(IOperation place, IOperation within)
    {
        for (var (child, parent) = (place, place.Parent); parent is not null && !ReferenceEquals(child, within);
            (child, parent) = (parent, parent.Parent))
        {
            if (parent is ICatchClauseOperation or IAnonymousFunctionOperation
                || (parent is ITryOperation attempt && ReferenceEquals(attempt.Finally, child)))
                return true;
        }

        return false;
    }

    // try { await gate.WaitAsync(); …; gate.Release(); } catch { gate.Release(); throw; }
    private bool IsReleasedAround(IOperation block)
    {
        for (var (child, parent) = (block, block.Parent);
            parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); (child, parent) = (parent, parent.Parent))
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            foreach (var operation in attempt.Descendants())
            {
                if (operation is IInvocationOperation call && IsGiving(call) && !attempt.Body.Syntax.Span.Contains(call.Syntax.Span))
                    return true;
            }
        }

        return false;
    }

    private bool IsRelease(IOperation statement)
    {
        var expression = (statement as IExpressionStatementOperation)?.Operation;
        if (expression is IConditionalAccessOperation access)
            return AccessPath.Of(access.Operation) is { } path && path.Equals(_gate)
                && access.WhenNotNull is IInvocationOperation conditional
                && _guard.Apis.Has(conditional.TargetMethod, ApiTraits.GivesPermit);
        return expression is IInvocationOperation call && IsGiving(call);
    }

    private bool IsGiving(IInvocationOperation call) => _guard.Apis.Has(call.TargetMethod, ApiTraits.GivesPermit) && IsOfGate(call);

    private bool IsOfGate(IInvocationOperation call) => AccessPath.Of(call.Instance) is { } path && path.Equals(_gate);

    private IOperation Root() => FlowGraphs.RootOf(_take);
}
