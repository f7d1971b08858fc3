using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Effects.Solving;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// What the members of one compilation cost the processor. What calls each other in a circle counts nothing for one another.
/// </summary>
internal sealed class CpuWork : CallSolver<CpuBody>
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

    protected override bool IsSolved(ISymbol member) => _known.ContainsKey(member);

    // What a call costs at least depends on all that may answer it.
    protected override bool Decides(ISymbol member) => false;

    protected override CpuBody BodyOf(ISymbol member) => CpuBody.Of(member, _guard);

    protected override void SolveTogether(IReadOnlyList<SolvedMember<CpuBody>> circle)
    {
        var costs = new List<CpuCost>();
        foreach (var member in circle)
        {
            var cost = member.Body.CostOf(member.Symbol, _guard);
            costs.Add(CpuCost.OfCall(Math.Min(MostPlain, cost.Plain), cost.Looped + cost.Called));
        }

        foreach (var member in circle) member.Body.AddLoops(member.Symbol, _guard);
        var heavy = WaysOf(circle, isCertain: true);
        var suspect = WaysOf(circle, isCertain: false);
        for (var i = 0; i < circle.Count; i++)
        {
            heavy.TryGetValue(circle[i].Symbol, out var certain);
            suspect.TryGetValue(circle[i].Symbol, out var uncertain);
            _known.TryAdd(circle[i].Symbol, new CpuSummary(costs[i], certain, uncertain));
        }
    }

    private Dictionary<ISymbol, CallPath> WaysOf(IReadOnlyList<SolvedMember<CpuBody>> circle, bool isCertain) => ShortestWays(
        circle,
        body => body.LeafOf(isCertain),
        target => _known.TryGetValue(target, out var known) ? isCertain ? known.Heavy : known.Suspect : null);
}
