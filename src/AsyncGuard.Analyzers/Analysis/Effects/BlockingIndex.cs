using System;
using System.Collections.Generic;
using System.Threading;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Analysis.Packages;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// Which members may lead to a call that blocks, or to something that is marked or that another assembly declares: the bodies that may
/// mention such a thing, and,
/// over and over, those that mention one of their names where the type that declares it is at hand. By the text alone.
/// </summary>
internal sealed class BlockingIndex : CallIndex
{
    private static readonly Engine<BlockingIndex> Engine = new(static guard =>
        new BlockingIndex(NameGraph.Of(guard), guard, BlockingMarks.Of(guard).Names, BlockingSummaries.Of(guard).Names));

    private readonly HashSet<BodyNames> _leading;
    private readonly BlockingClosure _closure;
    private readonly HashSet<string> _foreign = new();
    private readonly Lazy<Dictionary<string, List<BodyNames>>> _declared;

    public BlockingIndex(NameGraph graph, GuardContext guard, params IEnumerable<string>[] foreignNames)
        : base(graph)
    {
        var bodies = new CandidateBodies(graph, guard);
        bodies.Add(ApiTraits.Blocks);
        if (QueryTwins.Operators(guard) is { Count: > 0 } operators) bodies.Add(operators, QueryTwins.Sources(guard));
        PackageTwinNames.Of(guard).AddTo(bodies.Found);
        bodies.Add(CallNames.Marked);
        bodies.Add(WellKnownMember.GetResult);
        foreach (var names in foreignNames)
        {
            Names.UnionWith(names);
            _foreign.UnionWith(names);
            foreach (var name in names) bodies.Add(name);
        }

        _closure = new BlockingClosure(graph, Names, hasForeignNames: Names.Count > 0);
        _leading = _closure.Close(bodies.Found);
        _declared = new(LeadingByName, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    public static BlockingIndex Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether the name, where the body at that place in the graph mentions it, may mean something that leads there.</summary>
    public bool MayLead(string name, int place) => _foreign.Contains(name) || (Contains(name) && _closure.MayMean(name, place));

    /// <summary>Whether a member of this name is declared elsewhere and known to block.</summary>
    public bool IsForeign(string name) => _foreign.Contains(name);

    /// <summary>The bodies that may lead there and are called by the name.</summary>
    public IReadOnlyList<BodyNames> LeadingBodiesOf(string name) => _declared.Value.TryGetValue(name, out var bodies) ? bodies : [];

    private Dictionary<string, List<BodyNames>> LeadingByName()
    {
        var bodies = new Dictionary<string, List<BodyNames>>();
        foreach (var body in _leading)
        {
            foreach (var name in body.Declared)
            {
                if (!bodies.TryGetValue(name, out var ofName)) bodies.Add(name, ofName = new List<BodyNames>(1));
                ofName.Add(body);
            }
        }

        return bodies;
    }

    protected override bool Leads(BodyNames body) => _leading.Contains(body);

    protected override bool HoldsInside(IMethodSymbol function)
    {
        if (function.MethodKind == MethodKind.AnonymousFunction) return true;
        foreach (var reference in function.DeclaringSyntaxReferences)
        {
            if (BodyAround(reference) is { } body) return Leads(body);
        }

        return true;
    }
}
