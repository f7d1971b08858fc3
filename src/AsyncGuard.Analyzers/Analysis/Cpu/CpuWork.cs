using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using AsyncGuard.Analysis.Effects;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// What the members of one compilation cost the processor. Each body is read once, callees before callers; what calls each other in a
/// circle is solved together and counts nothing for one another, so that an answer does not depend on who asked before.
/// </summary>
internal sealed class CpuWork
{
    /// <summary>What a call of a member without long loops counts at most, whatever it calls in turn.</summary>
    private const double MostPlain = 100;

    private static readonly Engine<CpuWork> Engine = new(static guard => new CpuWork(guard));

    private readonly GuardContext _guard;
    private readonly ConcurrentDictionary<ISymbol, CpuSummary> _known = new(SymbolEqualityComparer.Default);
    private readonly object _solving = new();

    private CpuWork(GuardContext guard)
    {
        _guard = guard;
        Called = new CalledMembers(guard, new CpuQuestion(guard, () => CpuIndex.Of(guard)));
    }

    /// <summary>The members that may cost much.</summary>
    public CalledMembers Called { get; }

    public static CpuWork Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>What the member costs. A type stands for its static initializers.</summary>
    public CpuSummary SummaryOf(ISymbol member)
    {
        if (_known.TryGetValue(member, out var known)) return known;
        lock (_solving) Solve(member);
        return _known[member];
    }

    /// <summary>The members of a call take long whichever of them answers: the way through the first.</summary>
    public CallPath? PathOf(BodyCall call, bool isCertain)
    {
        CallPath? first = null;
        foreach (var target in call.Targets)
        {
            var summary = SummaryOf(target);
            if ((isCertain ? summary.Heavy : summary.Heavy ?? summary.Suspect) is not { } way) return null;
            first ??= way;
        }

        return first;
    }

    /// <summary>
    /// What a call costs at least, whichever member answers. What takes long by itself counts nothing, as it is reported itself; so does
    /// what is being solved.
    /// </summary>
    public CpuCost CostOf(BodyCall call)
    {
        double? plain = null, called = null;
        foreach (var target in call.Targets)
        {
            var summary = Monitor.IsEntered(_solving) ? _known.TryGetValue(target, out var known) ? known : null : SummaryOf(target);
            if (summary is null or { Heavy: not null }) return default;
            plain = Math.Min(plain ?? summary.Cost.Plain, summary.Cost.Plain);
            called = Math.Min(called ?? summary.Cost.Called, summary.Cost.Called);
        }

        return CpuCost.OfCall(plain ?? 0, called ?? 0);
    }

    private void Solve(ISymbol start)
    {
        if (_known.ContainsKey(start)) return;
        var nodes = new Dictionary<ISymbol, Node>(SymbolEqualityComparer.Default);
        var open = new Stack<Node>();
        var path = new Stack<Node>();
        Enter(start);
        while (path.Count > 0)
        {
            var node = path.Peek();
            if (node.NextTarget() is { } target)
            {
                if (_known.ContainsKey(target)) continue;
                if (!nodes.TryGetValue(target, out var found)) Enter(target);
                else if (found.IsOpen) node.Lowest = Math.Min(node.Lowest, found.Number);
                continue;
            }

            path.Pop();
            if (path.Count > 0) path.Peek().Lowest = Math.Min(path.Peek().Lowest, node.Lowest);
            if (node.Lowest == node.Number) Close(node);
        }

        void Enter(ISymbol member)
        {
            var node = new Node(member, CpuBody.Read(member, _guard), nodes.Count);
            nodes.Add(member, node);
            open.Push(node);
            path.Push(node);
        }

        void Close(Node last)
        {
            var circle = new List<Node>();
            do
            {
                circle.Add(open.Pop());
                circle[circle.Count - 1].IsOpen = false;
            }
            while (circle[circle.Count - 1] != last);
            SolveTogether(circle);
        }
    }

    private void SolveTogether(List<Node> circle)
    {
        var costs = new List<CpuCost>();
        foreach (var node in circle)
        {
            var cost = default(CpuCost);
            foreach (var body in node.Body.Operations) cost += CostModel.Of(body, node.Member, _guard);
            costs.Add(CpuCost.OfCall(Math.Min(MostPlain, cost.Plain), cost.Looped + cost.Called));
        }

        foreach (var node in circle) node.Body.AddLoops(node.Member, _guard);
        var heavy = Ways(circle, isCertain: true);
        var suspect = Ways(circle, isCertain: false);
        for (var i = 0; i < circle.Count; i++)
        {
            heavy.TryGetValue(circle[i].Member, out var certain);
            suspect.TryGetValue(circle[i].Member, out var uncertain);
            _known.TryAdd(circle[i].Member, new CpuSummary(costs[i], certain, uncertain));
        }
    }

    /// <summary>Why each member of the circle takes long: the shortest way from its body.</summary>
    private Dictionary<ISymbol, CallPath> Ways(List<Node> circle, bool isCertain)
    {
        var ways = new Dictionary<ISymbol, CallPath>(SymbolEqualityComparer.Default);
        foreach (var node in circle)
        {
            if (node.Body.LeafOf(isCertain) is { } leaf) ways.Add(node.Member, CallPath.Through(leaf, null, 1));
        }

        for (var isNew = true; isNew;)
        {
            isNew = false;
            foreach (var node in circle)
            {
                foreach (var call in node.Body.Calls)
                {
                    if (WayThrough(call, ways, isCertain, out var next) is not { } distance) continue;
                    if (ways.TryGetValue(node.Member, out var known) && known.Distance <= distance) continue;
                    ways[node.Member] = CallPath.Through(call, next, distance);
                    isNew = true;
                }
            }
        }

        return ways;
    }

    private int? WayThrough(BodyCall call, Dictionary<ISymbol, CallPath> ways, bool isCertain, out CallPath? next)
    {
        next = null;
        var longest = 0;
        foreach (var target in call.Targets)
        {
            if (!ways.TryGetValue(target, out var way))
            {
                if (!_known.TryGetValue(target, out var known) || (isCertain ? known.Heavy : known.Suspect) is not { } found) return null;
                way = found;
            }

            next ??= way;
            longest = Math.Max(longest, way.Distance);
        }

        return longest + 1;
    }

    private sealed class Node(ISymbol member, CpuBody body, int number)
    {
        private int _call;
        private int _target;

        public ISymbol Member { get; } = member;

        public CpuBody Body { get; } = body;

        public int Number { get; } = number;

        public int Lowest { get; set; } = number;

        public bool IsOpen { get; set; } = true;

        public ISymbol? NextTarget()
        {
            for (; _call < Body.Calls.Count; _call++, _target = 0)
            {
                if (_target < Body.Calls[_call].Targets.Length) return Body.Calls[_call].Targets[_target++];
            }

            return null;
        }
    }
}
