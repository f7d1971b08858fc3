using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// What the members of one compilation do to the thread that calls them: the shortest way from each to something that holds the thread.
/// </summary>
internal sealed class BlockingEffects : CallSolver<BlockingBody>
{
    private static readonly Engine<BlockingEffects> Engine = new(static guard => new BlockingEffects(guard));

    // A constant that is handed on and on.
    private const int MaxConstantSteps = 4;

    private readonly GuardContext _guard;
    private readonly ConcurrentDictionary<ISymbol, CallPath?> _known = new(SymbolEqualityComparer.Default);

    private BlockingEffects(GuardContext guard) => _guard = guard;

    public static BlockingEffects Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>
    /// Why the member blocks, or null where it does not, as far as can be seen. A type stands for its static initializers.
    /// </summary>
    public CallPath? PathOf(ISymbol member)
    {
        if (_known.TryGetValue(member, out var known)) return known;
        Solve(member);
        return _known[member];
    }

    /// <summary>
    /// The members of a call block whichever of them answers: the way through the first, or through one that blocks only once. What the
    /// constants of the call exclude is not on the way.
    /// </summary>
    public CallPath? PathOf(BodyCall call, IOperation operation) => PathOf(call, operation, around: null, MaxConstantSteps);

    private CallPath? PathOf(BodyCall call, IOperation? operation, GivenConstants? around, int depth)
    {
        if (call.IsLeaf) return CallPath.Marked;
        CallPath? first = null;
        foreach (var target in call.Targets)
        {
            if (PathOf(target) is not { } summary) return null;
            if (first is null || (summary.IsOnce && !first.IsOnce)) first = summary;
        }

        if (call.Targets.Length != 1 || depth == 0 || call.Targets[0] is not IMethodSymbol method || !_guard.IsOurs(method)) return first;
        if (operation?.Syntax != call.Place) operation = Bodies.Of(_guard).OperationOf(call.Place);
        return GivenValues.Of(_guard).Of(operation, method, around) is { } given ? PathOfReached(method, given, depth - 1) : first;
    }

    private CallPath? PathOfReached(IMethodSymbol method, GivenConstants given, int depth) =>
        ShortestOf(BlockingBody.Read(method, given, _guard).Calls, given, depth);

    private CallPath? ShortestOf(IReadOnlyList<BodyCall> calls, GivenConstants given, int depth)
    {
        BodyCall? best = null;
        CallPath? next = null;
        var distance = int.MaxValue;
        foreach (var call in calls)
        {
            var rest = call.IsLeaf ? null : PathOf(call, null, given, depth);
            if (!call.IsLeaf && rest is null) continue;
            var found = CallPath.DistanceBy(call, rest?.Distance ?? 0);
            if (found >= distance) continue;
            (best, next, distance) = (call, rest, found);
        }

        return best is null ? null : CallPath.Through(best, next, distance);
    }

    // What another compilation has found out needs no solving.
    protected override bool IsSolved(ISymbol member)
    {
        if (_known.ContainsKey(member)) return true;
        if (_guard.IsOurs(member)) return false;
        _known.TryAdd(member, BlockingMarks.Of(_guard).IsNonBlocking(member) ? null : BlockingSummaries.Of(_guard).PathOf(member));
        return true;
    }

    protected override bool Decides(ISymbol member) => _known.TryGetValue(member, out var way) && way is null;

    protected override BlockingBody BodyOf(ISymbol member) => BlockingBody.Of(member, _guard);

    // What is left of a circle calls only itself and what does not block. Outside of circles all calls are solved, so that what they give
    // can be looked at.
    protected override void SolveTogether(IReadOnlyList<SolvedMember<BlockingBody>> circle)
    {
        if (circle.Count == 1 && !CallsItself(circle[0]))
        {
            var (symbol, calls) = (circle[0].Symbol, circle[0].Body.Calls);
            _known.TryAdd(symbol, calls.Count == 0 ? null : ShortestOf(calls, new GivenConstants(symbol), MaxConstantSteps));
            return;
        }

        var ways = WaysOfWrappers(circle, target => _known.TryGetValue(target, out var way) ? way : null);
        foreach (var member in circle) _known.TryAdd(member.Symbol, ways.TryGetValue(member.Symbol, out var way) ? way : null);
    }

    private static bool CallsItself(SolvedMember<BlockingBody> member)
    {
        foreach (var call in member.Body.Calls)
        {
            if (call.Targets.ContainsSymbol(member.Symbol)) return true;
        }

        return false;
    }

    // void Save() => _inner.Save(): of a row of wrappers, the last one calls something else. What all of them do as long as each does it
    // is so.
    private static Dictionary<ISymbol, CallPath> WaysOfWrappers(
        IReadOnlyList<SolvedMember<BlockingBody>> circle, Func<ISymbol, CallPath?> wayOutside)
    {
        var assumed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var member in circle) assumed.Add(member.Symbol);
        while (true)
        {
            var ways = ShortestWays(circle, static _ => null, wayOutside, assumed);
            if (assumed.RemoveWhere(member => !ways.ContainsKey(member)) == 0) return ways;
        }
    }
}
