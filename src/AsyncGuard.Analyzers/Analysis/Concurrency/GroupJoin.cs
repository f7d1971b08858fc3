using System.Collections.Generic;
using AsyncGuard.Analysis.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// Follows the block of an opened group from its start to its normal end: whether children are still running there that no code waits for,
/// and whether one is started after the group has ended. An exception and a <c>return</c> in the middle are ways to give the children up.
/// A control flow graph does not tell such a <c>return</c> from the end of the block, so statements are followed here.
/// </summary>
internal sealed class GroupJoin
{
    private readonly OpenedGroup _group;
    private readonly GuardContext _guard;
    private readonly Stack<List<State>> _breaks = new();
    private bool _hasEnd;
    private bool _hasStart;

    private GroupJoin(OpenedGroup group, GuardContext guard)
    {
        _group = group;
        _guard = guard;
    }

    private enum State
    {
        /// <summary>No child is running.</summary>
        Idle,

        /// <summary>On one of two ways a child was started.</summary>
        MaybeRunning,

        /// <summary>A child is running that no code waits for.</summary>
        Running,

        /// <summary>All children have ended, and the group with them.</summary>
        Ended,

        /// <summary>The children are waited for or were asked to stop, whatever else is started.</summary>
        Ending,

        /// <summary>The block was left.</summary>
        Left,
    }

    /// <summary>Whether children can be running at the end of the block that nothing has joined or cancelled.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>A start that comes after the end.</summary>
    public IOperation? LateStart { get; private set; }

    public static GroupJoin Of(OpenedGroup group, GuardContext guard)
    {
        var join = new GroupJoin(group, guard);
        if (group.Statements() is not { } statements) return join;
        var end = join.Run(statements, State.Idle);
        join.IsMissing = join._hasEnd ? end == State.Running : join._hasStart && end != State.Left;
        return join;
    }

    private State Run(IReadOnlyList<IOperation> statements, State state)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            // The last statement of the block is a normal end.
            if (_breaks.Count == 0 && i == statements.Count - 1
                && statements[i] is IReturnOperation { Kind: not OperationKind.YieldReturn, ReturnedValue: var value })
                return value is null ? state : Run(value, state);
            state = Run(statements[i], state);
            if (state == State.Left) break;
        }

        return state;
    }

    private State Run(IOperation operation, State state)
    {
        switch (operation)
        {
            case ILocalFunctionOperation:
                if (StartsIn(operation)) _hasStart = true;
                return state;

            // A child starts its siblings when it runs; any other lambda may run at once.
            case IAnonymousFunctionOperation lambda:
                if (!GroupChild.Is(lambda, _guard) && StartsIn(lambda)) return Started(state);
                return state;

            case IBlockOperation block:
                foreach (var statement in block.Operations)
                {
                    state = Run(statement, state);
                    if (state == State.Left) break;
                }

                return state;

            case IConditionalOperation choice:
                var before = Run(choice.Condition, state);
                return Merge(before, Run(choice.WhenTrue, before), choice.WhenFalse is null ? before : Run(choice.WhenFalse, before));

            case ISwitchOperation choice:
                return RunSwitch(choice, Run(choice.Value, state));

            case ILoopOperation loop:
                return RunLoop(loop, state);

            case ITryOperation guarded:
                return RunTry(guarded, state);

            case IReturnOperation { Kind: not OperationKind.YieldReturn }:
                RunChildren(operation, state);
                return State.Left;

            case IBranchOperation branch:
                if (branch.BranchKind == BranchKind.Break && _breaks.Count > 0) _breaks.Peek().Add(state);
                return State.Left;

            case IThrowOperation { Parent: IExpressionStatementOperation or IBlockOperation }:
                return State.Left;
        }

        state = RunChildren(operation, state);
        return operation is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, _group.Local)
            ? Used(operation, state) : state;
    }

    private State RunChildren(IOperation operation, State state)
    {
        foreach (var child in operation.ChildOperations) state = Run(child, state);
        return state;
    }

    private State RunSwitch(ISwitchOperation choice, State before)
    {
        _breaks.Push(new List<State>());
        var ends = new List<State>();
        var hasDefault = false;
        foreach (var section in choice.Cases)
        {
            foreach (var clause in section.Clauses) hasDefault |= clause.CaseKind == CaseKind.Default;
            var state = before;
            foreach (var statement in section.Body)
            {
                state = Run(statement, state);
                if (state == State.Left) break;
            }

            ends.Add(state);
        }

        ends.AddRange(_breaks.Pop());
        var merged = hasDefault ? State.Left : before;
        foreach (var end in ends) merged = Merge(before, merged, end);
        return merged;
    }

    // The body counts as run once: where there is nothing to do, nothing is started either.
    private State RunLoop(ILoopOperation loop, State before)
    {
        _breaks.Push(new List<State>());
        var state = before;
        foreach (var child in loop.ChildOperations)
        {
            if (state == State.Left) break;
            state = Run(child, state);
        }

        // while (true) ends only by a break; any other loop may not run at all.
        var breaks = _breaks.Pop();
        if (IsEndless(loop)) state = State.Left;
        else if (state == State.Left) state = before;
        foreach (var left in breaks) state = Merge(before, state, left);
        return state;
    }

    private static bool IsEndless(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { ConstantValue: { HasValue: true, Value: true } } } => true,
        IForLoopOperation { Condition: null } => true,
        _ => false,
    };

    private State RunTry(ITryOperation guarded, State state)
    {
        var breaks = _breaks.Count > 0 ? _breaks.Peek() : null;
        var earlier = breaks?.Count ?? 0;
        var body = Run(guarded.Body, state);
        if (guarded.Finally is not { } end) return body;

        // for (;;) { try { if (…) break; } finally { await scope.JoinAsync(); } }
        for (var i = earlier; breaks is not null && i < breaks.Count; i++) breaks[i] = RunFinally(end, breaks[i]);
        return RunFinally(end, body);
    }

    private State RunFinally(IOperation block, State before)
    {
        var after = Run(block, before == State.Left ? State.Idle : before);
        return before == State.Left ? before : after;
    }

    private static State Merge(State before, State first, State second)
    {
        if (first == second || second == State.Left) return first;
        if (first == State.Left) return second;
        if (first != State.Running && second != State.Running && first != State.MaybeRunning && second != State.MaybeRunning)
            return State.Ending;

        // Start(); if (x) await JoinAsync();  against  if (x) Start();
        return before == State.Running ? State.Running : State.MaybeRunning;
    }

    private State Used(IOperation reference, State state)
    {
        var use = GroupUse.Of(reference, _guard);
        switch (use.Kind)
        {
            case GroupUseKind.Started:
                if (state != State.Ended) return IsObserved((IInvocationOperation)use.Place) ? state : Started(state);
                LateStart ??= use.Place;
                return state;

            // A helper that is given the group can only start children in it.
            case GroupUseKind.Passed or GroupUseKind.Stored when use.IsInner:
                return Started(state);

            case GroupUseKind.Joined:
                _hasEnd = true;
                return TaskFate.Of(use.Place, _guard).Kind == TaskFateKind.Awaited ? State.Ended : State.Ending;

            case GroupUseKind.Cancelled or GroupUseKind.Disposed:
                _hasEnd |= use.Kind == GroupUseKind.Cancelled;
                return use.Kind == GroupUseKind.Cancelled ? State.Ending : state;

            default:
                return state;
        }
    }

    private State Started(State state)
    {
        _hasStart = true;
        return state is State.Ending or State.Ended ? state : State.Running;
    }

    private bool StartsIn(IOperation function)
    {
        foreach (var (reference, use) in _group.Uses)
        {
            if (use.Kind == GroupUseKind.Started && function.Syntax.Span.Contains(reference.Syntax.Span)
                && !IsObserved((IInvocationOperation)use.Place))
                return true;
        }

        return false;
    }

    // await scope.Start(…), tasks.Add(scope.Start(…)) where the tasks are awaited, scope.TryStart(…, out var child)
    private bool IsObserved(IInvocationOperation start)
    {
        foreach (var argument in start.Arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Out) return argument.Value is not IDiscardOperation;
        }

        var fate = TaskFate.Of(start, _guard);
        if (fate.Kind is TaskFateKind.Kept or TaskFateKind.Collected && fate.Holder is { } holder)
            return !_guard.Awaitables.IsAwaitable(start.Type) || TaskHolder.Of(holder, start, _guard).IsTakenCareOf(start, _guard);
        return fate.Kind is not (TaskFateKind.Dropped or TaskFateKind.Discarded or TaskFateKind.Inspected);
    }
}
