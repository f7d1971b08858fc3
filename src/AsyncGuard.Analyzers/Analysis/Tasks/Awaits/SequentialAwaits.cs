using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>
/// The awaits of one function that leave other tasks alone when they throw: a task that the function started is awaited while another one,
/// which it awaits later, is pending. A forward must-analysis over the control flow graph: what is pending is so on every path.
/// </summary>
internal sealed class SequentialAwaits : ForwardFlow<HashSet<ISymbol>>
{
    private const int MaxBlocks = 1500;

    private static readonly ConditionalWeakTable<ControlFlowGraph, SequentialAwaits> Known = new();

    private readonly Dictionary<SyntaxNode, ImmutableArray<ILocalSymbol>> _findings = new();
    private readonly Dictionary<ISymbol, TaskHolder> _holders = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, IAwaitOperation> _awaits = new();
    private readonly Dictionary<SyntaxNode, (ISymbol Local, bool Starts)> _events = new();
    private readonly HashSet<ISymbol> _reported = new(SymbolEqualityComparer.Default);
    private readonly GuardContext _guard;

    private SequentialAwaits(ControlFlowGraph graph, IReadOnlyList<IAwaitOperation> awaits, GuardContext guard) : base(graph)
    {
        _guard = guard;
        if (graph.Blocks.Length > MaxBlocks) return;
        foreach (var awaited in awaits) Consider(awaited, guard);
        if (_holders.Count < 2) return;
        Solve();
        foreach (var block in graph.Blocks) Report(block);
    }

    /// <summary>The tasks that are left alone if the await throws; empty where there are none.</summary>
    public static ImmutableArray<ILocalSymbol> LeftAloneAt(IAwaitOperation awaited, ControlFlowGraph outermost, GuardContext guard)
    {
        var functions = FlowGraphs.FunctionsAround(awaited);
        if (FlowGraphs.Inner(functions, outermost) is not { } graph) return ImmutableArray<ILocalSymbol>.Empty;
        if (!Known.TryGetValue(graph, out var known))
        {
            var function = functions.Count > 0 ? functions[functions.Count - 1] : FlowGraphs.RootOf(awaited);
            known = Known.GetValue(graph, created => new SequentialAwaits(created, AwaitsIn(function), guard));
        }

        return known._findings.TryGetValue(awaited.Syntax, out var left) ? left : ImmutableArray<ILocalSymbol>.Empty;
    }

    /// <summary>The local whose task is awaited, and whose failure the await throws.</summary>
    public static ILocalSymbol? AwaitedLocal(IAwaitOperation awaited)
    {
        if (Unwrapped.IsSilenced(awaited)) return null;
        return Unwrapped.Awaited(awaited.Operation) is ILocalReferenceOperation { Local: var local } ? local : null;
    }

    private static List<IAwaitOperation> AwaitsIn(IOperation function)
    {
        var awaits = new List<IAwaitOperation>();
        Collect(function);
        return awaits;

        void Collect(IOperation operation)
        {
            foreach (var child in operation.ChildOperations)
            {
                if (child is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
                Collect(child);
                if (child is IAwaitOperation awaited && AwaitedLocal(awaited) is not null) awaits.Add(awaited);
            }
        }
    }

    private void Consider(IAwaitOperation awaited, GuardContext guard)
    {
        var local = AwaitedLocal(awaited)!;
        if (!_holders.TryGetValue(local, out var holder))
        {
            holder = TaskHolder.Of(local, awaited, guard);
            if (!IsOwn(holder, guard)) return;
            _holders.Add(local, holder);
            foreach (var use in holder.Uses)
            {
                if (use.Fate.Kind is not (TaskFateKind.Inspected or TaskFateKind.Written)) _events[use.Reference.Syntax] = (local, false);
            }

            foreach (var (write, start) in holder.Writes) _events[write] = (local, start is not null);
        }

        _awaits[Unwrapped.Awaited(awaited.Operation).Syntax] = awaited;
    }

    // Started here and held by no other code; a delay can be left alone.
    private static bool IsOwn(TaskHolder holder, GuardContext guard)
    {
        if (holder.IsShared || holder.Starts.Count == 0) return false;
        foreach (var start in holder.Starts)
        {
            if (StartedTask.IsDelay(start)) return false;
        }

        foreach (var use in holder.Uses)
        {
            if (use.Fate.Kind == TaskFateKind.Captured) return false;
        }

        return true;
    }

    protected override HashSet<ISymbol> AtEntry() => new(SymbolEqualityComparer.Default);

    protected override HashSet<ISymbol> Copy(HashSet<ISymbol> facts) => new(facts, SymbolEqualityComparer.Default);

    protected override bool Meet(HashSet<ISymbol> known, HashSet<ISymbol> arriving)
    {
        var before = known.Count;
        known.IntersectWith(arriving);
        return known.Count != before;
    }

    protected override void Transfer(IOperation operation, HashSet<ISymbol> facts)
    {
        if (operation is not ILocalReferenceOperation || !_events.TryGetValue(operation.Syntax, out var happening)) return;
        if (happening.Starts) facts.Add(happening.Local);
        else facts.Remove(happening.Local);
    }

    private void Report(BasicBlock block)
    {
        if (AtStartOf(block) is not { } pending) return;
        foreach (var operation in OperationsOf(block))
        {
            if (operation is ILocalReferenceOperation { Local: var local } && pending.Contains(local))
            {
                if (_awaits.TryGetValue(operation.Syntax, out var awaited)) Report(awaited, local, pending);
            }

            Transfer(operation, pending);
        }
    }

    private void Report(IAwaitOperation awaited, ISymbol local, HashSet<ISymbol> pending)
    {
        if (pending.Count < 2 || _reported.Contains(local) || UnfailingWork.AreAll(_holders[local].Starts, _guard)) return;
        var left = ImmutableArray.CreateBuilder<ILocalSymbol>();
        foreach (var other in _holders.Values)
        {
            if (!pending.Contains(other.Local) || SymbolEqualityComparer.Default.Equals(other.Local, local)) continue;
            if (FailureHandling.LeadsTo(other, awaited)) return;
            if (!EndedByCleanup.AreAll(other.Starts, awaited, _guard)) left.Add(other.Local);
        }

        if (left.Count == 0) return;
        foreach (var other in pending)
        {
            if (!SymbolEqualityComparer.Default.Equals(other, local)) _reported.Add(other);
        }

        _findings[awaited.Syntax] = left.ToImmutable();
    }
}
