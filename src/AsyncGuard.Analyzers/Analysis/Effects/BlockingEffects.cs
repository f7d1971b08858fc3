using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// What the members of one compilation do to the thread that calls them. Each body is read once. What calls each other in a circle is
/// solved together,
/// shortest way first, so that an answer does not depend on who asked before.
/// </summary>
internal sealed class BlockingEffects
{
    private static readonly Engine<BlockingEffects> Engine = new(static guard => new BlockingEffects(guard));

    // A constant that is handed on and on.
    private const int MaxConstantSteps = 4;

    private readonly GuardContext _guard;
    private readonly ConcurrentDictionary<ISymbol, CallPath?> _known = new(SymbolEqualityComparer.Default);
    private readonly BodyReader _reader;

    private BlockingEffects(GuardContext guard)
    {
        _guard = guard;
        _reader = new BodyReader(guard);
    }

    public static BlockingEffects Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>
    /// Why the member blocks, or null where it does not, as far as can be seen. A type stands for its static initializers.
    /// </summary>
    public CallPath? PathOf(ISymbol member)
    {
        if (_known.TryGetValue(member, out var known)) return known;
        if (!IsSolved(member)) Solve(member);
        return _known[member];
    }

    /// <summary>
    /// The members of a call block whichever of them answers: the way through the first, or through one that blocks only once. What the
    /// constants of the call exclude is not on the way.
    /// </summary>
    public CallPath? PathOf(BodyCall call) => PathOf(call, around: null, MaxConstantSteps);

    private CallPath? PathOf(BodyCall call, GivenConstants? around, int depth)
    {
        if (call.IsLeaf) return CallPath.Marked;
        CallPath? first = null;
        foreach (var target in call.Targets)
        {
            if (PathOf(target) is not { } summary) return null;
            if (first is null || (summary.IsOnce && !first.IsOnce)) first = summary;
        }

        if (call.Targets.Length != 1 || depth == 0 || !_guard.IsOurs(call.Targets[0])
            || call.Targets[0] is not IMethodSymbol { Parameters.IsEmpty: false } method)
            return first;
        return GivenConstants.Of(Bodies.Of(_guard).OperationOf(call.Place), method, around) is { } given
            ? PathOfReached(method, given, depth - 1) : first;
    }

    private CallPath? PathOfReached(IMethodSymbol method, GivenConstants given, int depth)
    {
        BodyCall? best = null;
        CallPath? next = null;
        var distance = int.MaxValue;
        foreach (var call in _reader.Read(method, given))
        {
            var rest = call.IsLeaf ? null : PathOf(call, given, depth);
            if (!call.IsLeaf && rest is null) continue;
            var found = CallPath.DistanceBy(call, rest?.Distance ?? 0);
            if (found >= distance) continue;
            (best, next, distance) = (call, rest, found);
        }

        return best is null ? null : CallPath.Through(best, next, distance);
    }

    // What another compilation has found out needs no solving.
    private bool IsSolved(ISymbol member)
    {
        if (_known.ContainsKey(member)) return true;
        if (_guard.IsOurs(member)) return false;
        _known.TryAdd(member, BlockingMarks.Of(_guard).IsNonBlocking(member) ? null : BlockingSummaries.Of(_guard).PathOf(member));
        return true;
    }

    private void Solve(ISymbol start)
    {
        var open = new List<(ISymbol Member, IReadOnlyList<BodyCall> Calls)>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { start };
        var queue = new Queue<ISymbol>();
        queue.Enqueue(start);
        Dictionary<ISymbol, CallPath> solved;
        do
        {
            while (queue.Count > 0)
            {
                var member = queue.Dequeue();
                var calls = CallsOf(member);
                open.Add((member, calls));
                foreach (var call in calls) ImportAnswers(call);
            }

            solved = new Dictionary<ISymbol, CallPath>(SymbolEqualityComparer.Default);
            while (Nearest(open, solved) is { Count: > 0 } nearest)
            {
                foreach (var (member, summary) in nearest) solved.Add(member, summary);
            }

            foreach (var (_, calls) in open)
            {
                foreach (var call in calls)
                {
                    if (Undecided(call, solved, seen) is { } target) queue.Enqueue(target);
                }
            }
        }
        while (queue.Count > 0);

        // Whatever is left calls only itself and what does not block.
        foreach (var (member, _) in open) _known.TryAdd(member, solved.TryGetValue(member, out var summary) ? summary : null);
    }

    private void ImportAnswers(BodyCall call)
    {
        foreach (var target in call.Targets) _ = IsSolved(target);
    }

    /// <summary>
    /// The next member that has to be read to know whether the call blocks. Of several that may answer it, one that does not block is
    /// enough.
    /// </summary>
    private ISymbol? Undecided(BodyCall call, Dictionary<ISymbol, CallPath> solved, HashSet<ISymbol> seen)
    {
        foreach (var target in call.Targets)
        {
            if (solved.ContainsKey(target)) continue;
            if (!IsSolved(target)) return seen.Add(target) ? target : null;
            if (_known[target] is null) return null;
        }

        return null;
    }

    /// <summary>The members still open whose way is the shortest of all.</summary>
    private List<(ISymbol Member, CallPath Summary)> Nearest(List<(ISymbol Member, IReadOnlyList<BodyCall> Calls)> open,
        Dictionary<ISymbol, CallPath> solved)
    {
        var nearest = new List<(ISymbol, CallPath)>();
        var shortest = int.MaxValue;
        foreach (var (member, calls) in open)
        {
            if (solved.ContainsKey(member)) continue;
            BodyCall? best = null;
            CallPath? next = null;
            var distance = int.MaxValue;
            foreach (var call in calls)
            {
                if (DistanceOf(call, solved, out var through) is not { } found || found >= distance) continue;
                (best, next, distance) = (call, through, found);
            }

            if (best is null || distance > shortest) continue;
            if (distance < shortest) nearest.Clear();
            shortest = distance;
            nearest.Add((member, CallPath.Through(best, next, distance)));
        }

        return nearest;
    }

    private int? DistanceOf(BodyCall call, Dictionary<ISymbol, CallPath> solved, out CallPath? through)
    {
        through = null;
        var longest = 0;
        foreach (var target in call.Targets)
        {
            if (!solved.TryGetValue(target, out var summary) && !(_known.TryGetValue(target, out summary!) && summary is not null))
                return null;
            through ??= summary;
            longest = Math.Max(longest, summary.Distance);
        }

        return CallPath.DistanceBy(call, longest);
    }

    private IReadOnlyList<BodyCall> CallsOf(ISymbol member)
    {
        if (!_guard.IsOurs(member)) return [];
        var index = BlockingIndex.Of(_guard);
        if (!index.Contains(member) || !index.Leads(member) || BlockingMarks.Of(_guard).IsNonBlocking(member)) return [];
        if (member is IMethodSymbol method && CodeContext.IsAsyncFunction(method, _guard)) return [];
        if (_guard.Apis.EntryOf(member) is { } entry && entry.Has(ApiTraits.Completes | ApiTraits.Offloads)
            || _guard.Apis.IsSilenced(member))
            return [];
        return _reader.Read(member);
    }
}
