using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// What the members of one compilation do to the thread that calls them. Each body is read once. What calls each other in a circle is solved together,
/// shortest way first, so that an answer does not depend on who asked before.
/// </summary>
internal sealed class BlockingEffects
{
    private readonly GuardContext _guard;
    private readonly ConcurrentDictionary<ISymbol, CallPath?> _known = new(SymbolEqualityComparer.Default);
    private readonly Lazy<BlockingMarks> _marks;
    private readonly Lazy<BlockingSummaries> _summaries;
    private readonly Lazy<NameGraph> _names;
    private readonly Lazy<CallIndex> _index;
    private readonly BodyReader _reader;

    public BlockingEffects(GuardContext guard)
    {
        _guard = guard;
        _marks = new(() => new BlockingMarks(guard.Compilation), LazyThreadSafetyMode.ExecutionAndPublication);
        _summaries = new(() => new BlockingSummaries(guard.Compilation), LazyThreadSafetyMode.ExecutionAndPublication);
        _names = new(() => new NameGraph(guard.Compilation), LazyThreadSafetyMode.ExecutionAndPublication);
        _index = new(() => new BlockingIndex(Names, guard, Marks.Names, Summaries.Names), LazyThreadSafetyMode.ExecutionAndPublication);
        Bodies = new Bodies(guard.Compilation);
        Called = new CalledMembers(guard, () => Index);
        Implementations = new Implementations(guard.Compilation, _summaries);
        Statics = new TypeInitializers(guard);
        _reader = new BodyReader(guard);
    }

    public BlockingMarks Marks => _marks.Value;

    public BlockingSummaries Summaries => _summaries.Value;

    public NameGraph Names => _names.Value;

    public CallIndex Index => _index.Value;

    public Bodies Bodies { get; }

    public CalledMembers Called { get; }

    public Implementations Implementations { get; }

    public TypeInitializers Statics { get; }

    /// <summary>Why the member blocks, or null where it does not, as far as can be seen. A type stands for its static initializers.</summary>
    public CallPath? Of(ISymbol member)
    {
        if (_known.TryGetValue(member, out var known)) return known;
        if (!IsSolved(member)) Solve(member);
        return _known[member];
    }

    /// <summary>The members of a call block whichever of them answers: the way through the first.</summary>
    public CallPath? Of(BodyCall call)
    {
        if (call.IsLeaf) return CallPath.Marked;
        CallPath? first = null;
        foreach (var target in call.Targets)
        {
            if (Of(target) is not { } summary) return null;
            first ??= summary;
        }

        return first;
    }

    /// <summary>Whether the member is declared in this compilation, so that its body can be read.</summary>
    public bool IsVisible(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, _guard.Compilation.Assembly);

    /// <summary>Whether it is known what the member does: its body can be read, or another compilation has read it.</summary>
    public bool IsKnown(ISymbol member) => IsVisible(member) || Summaries.Cover(member.ContainingAssembly);

    /// <summary>Whether calling the method only makes an object that runs the body when it is enumerated.</summary>
    public bool IsIterator(IMethodSymbol method) => IsVisible(method) ? Bodies.IsIterator(method) : Summaries.IsIterator(method);

    // What another compilation has found out needs no solving.
    private bool IsSolved(ISymbol member)
    {
        if (_known.ContainsKey(member)) return true;
        if (IsVisible(member)) return false;
        _known.TryAdd(member, Marks.IsNonBlocking(member) ? null : Summaries.Of(member));
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

    /// <summary>The next member that has to be read to know whether the call blocks. Of several that may answer it, one that does not block is enough.</summary>
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
    private List<(ISymbol Member, CallPath Summary)> Nearest(List<(ISymbol Member, IReadOnlyList<BodyCall> Calls)> open, Dictionary<ISymbol, CallPath> solved)
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
            if (!solved.TryGetValue(target, out var summary) && !(_known.TryGetValue(target, out summary!) && summary is not null)) return null;
            through ??= summary;
            longest = Math.Max(longest, summary.Distance);
        }

        return longest + 1;
    }

    private IReadOnlyList<BodyCall> CallsOf(ISymbol member)
    {
        if (!IsVisible(member) || !Index.Holds(member) || !Index.Leads(member) || Marks.IsNonBlocking(member)) return [];
        if (member is IMethodSymbol method && CodeContext.IsAsyncFunction(method, _guard)) return [];
        if (_guard.Apis.EntryOf(member) is { } entry && entry.Has(ApiTraits.Completes | ApiTraits.Offloads)) return [];
        return _reader.Read(member);
    }
}
