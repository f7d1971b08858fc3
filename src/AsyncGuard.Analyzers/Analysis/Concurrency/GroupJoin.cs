using System;
using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Analysis.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Way = (AsyncGuard.Analysis.Concurrency.GroupJoin.State State, ulong Entered, ulong Ran);
using Ways = System.Collections.Generic.HashSet<
    (AsyncGuard.Analysis.Concurrency.GroupJoin.State State, ulong Entered, ulong Ran)>;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// Follows the block of an opened group from its start to its normal end: whether children are still running there that no code waits for,
/// and whether one is started after the group has ended. An exception and a jump out of the middle are ways to give the children up.
/// </summary>
internal sealed class GroupJoin : ForwardFlow<Ways>
{
    // Loops with a use of the group in them; what follows more is taken to run.
    private const int MaxLoops = 8;

    private readonly OpenedGroup _group;
    private readonly GuardContext _guard;
    private readonly BlockEnd _end;
    private readonly Dictionary<SyntaxNode, GroupUse> _uses = new();
    private readonly HashSet<SyntaxNode> _startingLambdas = new();
    private readonly List<SyntaxNode> _loops = new();
    private readonly Ways _atEnd = new();
    private bool _hasEnd;
    private bool _hasStart;

    private GroupJoin(OpenedGroup group, IReadOnlyList<IOperation> statements, ControlFlowGraph graph, GuardContext guard) : base(graph)
    {
        _group = group;
        _guard = guard;
        _end = new BlockEnd(statements, graph);
        foreach (var (reference, use) in group.Uses) Add(reference, use);
        Solve();
    }

    /// <summary>
    /// What the children of the group do on one path. Beside it, a path knows the loops over uses of the group that it has entered, and
    /// those whose bodies it has run.
    /// </summary>
    internal enum State
    {
        /// <summary>No child is running.</summary>
        Idle,

        /// <summary>A child is running that no code waits for.</summary>
        Running,

        /// <summary>All children have ended, and the group with them.</summary>
        Ended,

        /// <summary>The children are waited for or were asked to stop, whatever else is started.</summary>
        Ending,
    }

    /// <summary>Whether children can be running at the end of the block that nothing has joined or cancelled.</summary>
    public bool IsMissing
    {
        get
        {
            if (!_hasEnd) return _hasStart && _atEnd.Count > 0;

            // if (x) Start(); if (x) await JoinAsync();
            if (_atEnd.Any(way => way.State == State.Idle)) return false;

            // A loop with nothing to do had nothing to start or to join either.
            var full = _atEnd.Where(way => way.Entered == way.Ran).ToList();
            return (full.Count > 0 ? full : _atEnd.ToList()).Exists(way => way.State == State.Running);
        }
    }

    /// <summary>A start that comes after the end.</summary>
    public IOperation? LateStart
    {
        get
        {
            foreach (var (reference, use) in _group.Uses)
            {
                if (use.Kind == GroupUseKind.Started && ReferenceEquals(FlowGraphs.FunctionAround(reference), _group.Home)
                    && Before(reference.Syntax, out _) is { Count: > 0 } ways && ways.All(way => way.State == State.Ended))
                    return use.Place;
            }

            return null;
        }
    }

    /// <summary>The end of the group; null where nothing follows the group in its block.</summary>
    public static GroupJoin? Of(OpenedGroup group, Func<ControlFlowGraph> graphOfMember, GuardContext guard) =>
        group.Statements() is { Count: > 0 } statements
        && FlowGraphs.Inner(FlowGraphs.FunctionsAround(statements[0]), graphOfMember()) is { } graph
            ? new GroupJoin(group, statements, graph, guard) : null;

    protected override bool FollowsExceptions => false;

    protected override Ways AtEntry() => [(State.Idle, 0, 0)];

    protected override Ways Copy(Ways facts) => [.. facts];

    protected override bool Meet(Ways known, Ways arriving)
    {
        var before = known.Count;
        known.UnionWith(arriving);
        return known.Count != before;
    }

    protected override void Transfer(IOperation operation, Ways facts)
    {
        if (_end.IsBefore(operation)) _atEnd.UnionWith(facts);
        MarkLoops(operation.Syntax, facts);
        switch (operation)
        {
            // The loop around the block starts anew.
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } when IsGroup(local):
                facts.Clear();
                facts.Add((State.Idle, 0, 0));
                break;

            case IFlowAnonymousFunctionOperation when _startingLambdas.Contains(operation.Syntax):
                Change(facts, Started);
                break;

            case ILocalReferenceOperation when _uses.TryGetValue(operation.Syntax, out var use):
                Change(facts, state => After(use, state));
                break;
        }
    }

    protected override void Taken(ControlFlowBranch branch, Ways facts)
    {
        if (_end.IsReachedBy(branch)) _atEnd.UnionWith(facts);
    }

    private void Add(IOperation reference, GroupUse use)
    {
        var isStart = StartsUnobserved(use);
        if (ReferenceEquals(FlowGraphs.FunctionAround(reference), _group.Home))
        {
            _uses[reference.Syntax] = use;
            _hasStart |= isStart || IsHandedToHelper(use);
            _hasEnd |= use.Kind is GroupUseKind.Joined or GroupUseKind.Cancelled;
            AddLoops(reference);
        }
        else if (isStart && OutermostFunction(reference) is { } function)
        {
            // A child starts its siblings when it runs; any other lambda may run at once.
            if (function is IAnonymousFunctionOperation lambda && GroupChild.Is(lambda, _guard)) return;
            _hasStart = true;
            if (function is IAnonymousFunctionOperation) _startingLambdas.Add(function.Syntax);
        }
    }

    private void AddLoops(IOperation reference)
    {
        for (var parent = reference.Parent; parent is not null && !ReferenceEquals(parent, _group.Home); parent = parent.Parent)
        {
            if (parent is ILoopOperation { LoopKind: LoopKind.For or LoopKind.ForEach or LoopKind.While, Body: var body }
                && parent is not IWhileLoopOperation { ConditionIsTop: false } && _loops.Count < MaxLoops && !_loops.Contains(body.Syntax)
                && _group.Statements()!.Any(statement => statement.Syntax.Span.Contains(parent.Syntax.Span)))
                _loops.Add(body.Syntax);
        }
    }

    private IOperation? OutermostFunction(IOperation reference)
    {
        foreach (var function in FlowGraphs.FunctionsAround(reference))
        {
            if (ReferenceEquals(FlowGraphs.FunctionAround(function), _group.Home)) return function;
        }

        return null;
    }

    private void MarkLoops(SyntaxNode place, Ways facts)
    {
        ulong entered = 0;
        ulong ran = 0;
        for (var i = 0; i < _loops.Count; i++)
        {
            if (!_loops[i].Parent!.Span.Contains(place.Span)) continue;
            entered |= 1UL << i;
            if (_loops[i].Span.Contains(place.Span)) ran |= 1UL << i;
        }

        if (entered != 0) Replace(facts, way => (way.State, way.Entered | entered, way.Ran | ran));
    }

    private static void Change(Ways facts, Func<State, State> change) =>
        Replace(facts, way => (change(way.State), way.Entered, way.Ran));

    private static void Replace(Ways facts, Func<Way, Way> change)
    {
        var changed = facts.Select(change).ToList();
        facts.Clear();
        facts.UnionWith(changed);
    }

    private State After(GroupUse use, State state) => use.Kind switch
    {
        GroupUseKind.Started => StartsUnobserved(use) ? Started(state) : state,
        GroupUseKind.Joined => TaskFate.Of(use.Place, _guard).Kind == TaskFateKind.Awaited ? State.Ended : State.Ending,
        GroupUseKind.Cancelled => State.Ending,
        _ => IsHandedToHelper(use) ? Started(state) : state,
    };

    private static State Started(State state) => state is State.Ending or State.Ended ? state : State.Running;

    // A helper that receives the group can only start children in it.
    private static bool IsHandedToHelper(GroupUse use) => use is { Kind: GroupUseKind.Passed or GroupUseKind.Stored, IsInner: true };

    private bool IsGroup(ILocalSymbol local) => SymbolEqualityComparer.Default.Equals(local, _group.Local);

    // Not: await scope.Start(…), tasks.Add(scope.Start(…)) where the tasks are awaited, scope.TryStart(…, out var child)
    private bool StartsUnobserved(GroupUse use)
    {
        if (use is not { Kind: GroupUseKind.Started, Place: IInvocationOperation start }) return false;
        foreach (var argument in start.Arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Out) return argument.Value is IDiscardOperation;
        }

        var fate = TaskFate.Of(start, _guard);
        if (fate.Kind is TaskFateKind.Kept or TaskFateKind.Collected && fate.Holder is { } holder)
            return _guard.Awaitables.IsAwaitable(start.Type) && !TaskHolder.Of(holder, start, _guard).IsTakenCareOf(start, _guard);
        return fate.Kind is TaskFateKind.Dropped or TaskFateKind.Discarded or TaskFateKind.Inspected;
    }
}
