using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>
/// The locals of one function that are written once, with what joins tasks: <c>var all = Task.WhenAll(a, b)</c>,
/// <c>var first = await Task.WhenAny(a, b)</c>.
/// </summary>
internal sealed class TaskJoins
{
    private readonly Dictionary<ISymbol, IInvocationOperation> _joins = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IInvocationOperation> _races = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IFlowAnonymousFunctionOperation> _functions = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IOperation> _conditions = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<CaptureId, List<IOperation>> _added = new();
    private readonly Dictionary<CaptureId, List<AccessPath>> _captured = new();
    private readonly ControlFlowGraph _graph;
    private List<AccessPath>? _asked;
    private readonly HashSet<ISymbol> _written = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _rewritten = new(SymbolEqualityComparer.Default);
    private readonly GuardContext _guard;

    public TaskJoins(ControlFlowGraph graph, GuardContext guard)
    {
        _guard = guard;
        _graph = graph;
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                var written = operation is IExpressionStatementOperation statement ? statement.Operation : operation;
                if (written is ISimpleAssignmentOperation assignment) Add(assignment);
                else if (written is IFlowCaptureOperation capture) AddCaptured(capture);
                else if (written is IInvocationOperation { Instance: IFlowCaptureReferenceOperation { Id: var list } } call)
                    AddItems(list, call);
            }
        }
    }

    /// <summary>The call of <c>WhenAll</c> or of a local function whose task the local keeps, or null.</summary>
    public IInvocationOperation? JoinIn(ISymbol local) => _joins.TryGetValue(local, out var join) ? join : null;

    /// <summary>The lambda that the local holds, or null.</summary>
    public IFlowAnonymousFunctionOperation? FunctionIn(ISymbol local) => _functions.TryGetValue(local, out var function) ? function : null;

    /// <summary>What the local says that is true: <c>var isDone = await Task.WhenAny(work, limit) == work;</c>.</summary>
    public IOperation? ConditionIn(ISymbol local) => _conditions.TryGetValue(local, out var condition) ? condition : null;

    /// <summary>What the initializer of a collection adds to it: <c>new List&lt;Task&gt; { a, b }</c>.</summary>
    public IReadOnlyList<IOperation>? ItemsOf(IOperation value) =>
        Unwrapped.Conversions(value) is IFlowCaptureReferenceOperation { Id: var list } && _added.TryGetValue(list, out var items)
        ? items : null;

    /// <summary>The tasks that the intermediate value may be: <c>t</c> of <c>t ?? Task.CompletedTask</c>.</summary>
    public IReadOnlyList<AccessPath>? TasksIn(CaptureId value) => _captured.TryGetValue(value, out var tasks) ? tasks : null;

    /// <summary>The tasks whose state the function reads: <c>t.IsCompleted</c>, <c>t?.Status</c>.</summary>
    public IReadOnlyList<AccessPath> Asked => _asked ??= FindAsked();

    /// <summary>The task that won where the other of two did not; null where there were more, or where that is not known.</summary>
    public AccessPath? OtherThan(IOperation loser, IOperation winner)
    {
        if (AccessPath.Of(loser) is not { } lost || RaceOf(winner) is not { } race || PairOf(race) is not { } pair) return null;
        if (!IsWrittenOnce(pair.First.Root) || !IsWrittenOnce(pair.Second.Root) || pair.First.Equals(pair.Second)) return null;
        return lost.Equals(pair.First) ? pair.Second : lost.Equals(pair.Second) ? pair.First : null;
    }

    private void Add(ISimpleAssignmentOperation assignment)
    {
        var target = assignment.Target switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => (ISymbol?)null,
        };
        if (target is null) return;
        if (!_written.Add(target) || target is IParameterSymbol)
        {
            _rewritten.Add(target);
            _joins.Remove(target);
            _races.Remove(target);
            _functions.Remove(target);
            _conditions.Remove(target);
            return;
        }

        var value = Unwrapped.Awaited(assignment.Value);
        if (value is IInvocationOperation call
            && (_guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsAll) || call.TargetMethod.MethodKind == MethodKind.LocalFunction))
            _joins.Add(target, call);
        else if (Unwrapped.Delegate(assignment.Value) is IFlowAnonymousFunctionOperation function) _functions.Add(target, function);
        else if (RaceIn(value) is { } race) _races.Add(target, race);
        else if (assignment.Value.Type?.SpecialType == SpecialType.System_Boolean && !MentionsFlag(assignment.Value))
            _conditions.Add(target, assignment.Value);
    }

    // a = b; b = a; would be looked up for ever
    private static bool MentionsFlag(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation
                && operation.Type?.SpecialType == SpecialType.System_Boolean)
                return true;
        }

        return false;
    }

    private void AddCaptured(IFlowCaptureOperation capture)
    {
        if (!_guard.Awaitables.IsTask(capture.Value.Type)) return;
        var value = Unwrapped.Conversions(capture.Value);
        if (!_captured.TryGetValue(capture.Id, out var tasks)) _captured.Add(capture.Id, tasks = new());
        if (value is IFlowCaptureReferenceOperation { Id: var other }) tasks.AddRange(TasksIn(other) ?? System.Array.Empty<AccessPath>());
        else if (AccessPath.WithElements(value) is { } path) tasks.Add(path);
    }

    private List<AccessPath> FindAsked()
    {
        var asked = new List<AccessPath>();
        foreach (var block in _graph.Blocks)
        {
            foreach (var operation in FlowGraphs.InOrder(block))
            {
                if (operation is not IPropertyReferenceOperation { Instance: { } task, Property: var property }
                    || !(TaskMembers.Status.Is(property) || _guard.Apis.Has(property, ApiTraits.ProvesComplete)))
                    continue;
                if (task is IFlowCaptureReferenceOperation { Id: var id }) asked.AddRange(TasksIn(id) ?? System.Array.Empty<AccessPath>());
                else if (AccessPath.WithElements(task) is { } path) asked.Add(path);
            }
        }

        return asked;
    }

    private void AddItems(CaptureId list, IInvocationOperation call)
    {
        if (!call.IsImplicit && call.Syntax.Parent is not InitializerExpressionSyntax) return;
        if (!_added.TryGetValue(list, out var items)) _added.Add(list, items = new());
        foreach (var argument in call.Arguments) items.Add(argument.Value);
    }

    // if (await Task.WhenAny(work, limit) == limit), if (first == limit)
    private IInvocationOperation? RaceOf(IOperation winner)
    {
        winner = Unwrapped.Awaited(winner);
        if (winner is not ILocalReferenceOperation { Local: var local }) return RaceIn(winner);
        return _races.TryGetValue(local, out var race) ? race : null;
    }

    private IInvocationOperation? RaceIn(IOperation value)
    {
        if (value is not IAwaitOperation awaited || Unwrapped.Awaited(awaited.Operation) is not IInvocationOperation call) return null;
        return _guard.Apis.Has(call.TargetMethod, ApiTraits.JoinsFirst) ? call : null;
    }

    private bool IsWrittenOnce(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol && !_rewritten.Contains(symbol);

    // Task.WhenAny(a, b), Task.WhenAny(new[] { a, b })
    private static (AccessPath First, AccessPath Second)? PairOf(IInvocationOperation race)
    {
        AccessPath? first = null, second = null;
        var count = 0;
        foreach (var argument in race.Arguments)
        {
            if (!ElementList.TryGet(argument.Value, out var items))
            {
                Add(argument.Value);
                continue;
            }

            foreach (var item in items) Add(item);
        }

        return count == 2 && first is not null && second is not null ? (first, second) : null;

        void Add(IOperation item)
        {
            if (count == 0) first = AccessPath.Of(item);
            else second = AccessPath.Of(item);
            count++;
        }
    }
}
