using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// Which members may lead to a call that blocks, or to something that is marked or that another assembly tells of: the bodies that may mention such a thing, and,
/// over and over, those that mention one of their names where the type that declares it is at hand. By the text alone.
/// </summary>
internal sealed class BlockingIndex : CallIndex
{
    private readonly HashSet<BodyNames> _leading = new();
    private readonly bool _isToldOfOthers;

    public BlockingIndex(NameGraph graph, GuardContext guard, params IEnumerable<string>[] told)
        : base(graph)
    {
        var bodies = new MeantBodies(graph, guard);
        bodies.Add(ApiTraits.Blocks);
        bodies.Add(CallNames.Marked);
        bodies.Add(WellKnownMember.GetResult);
        foreach (var names in told)
        {
            Names.UnionWith(names);
            foreach (var name in names) bodies.Add(name);
        }

        _isToldOfOthers = Names.Count > 0;
        Close(bodies.Found);
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

    private void Close(HashSet<int> sources)
    {
        var carriers = Graph.Carriers;
        var leading = new bool[Graph.Bodies.Count];
        var open = new Stack<BodyNames>();
        var done = new HashSet<(string Name, string? Owner)>();
        foreach (var place in sources) Add(place);
        while (open.Count > 0)
        {
            var body = open.Pop();
            foreach (var name in body.Declared)
            {
                Names.Add(name);
                if (done.Add((name, body.Owner))) AddCallers(Graph.CallersOf(name), body.Owner, name);
            }
        }

        void AddCallers(Places callers, string? type, string name)
        {
            if (type is null || !carriers.Declares(type))
            {
                foreach (var caller in callers) Add(caller);
                return;
            }

            AddReaching(callers, type);
            foreach (var (above, members) in carriers.Above(type))
            {
                if (members is null ? _isToldOfOthers : members.Contains(name)) AddReaching(callers, above);
            }
        }

        void AddReaching(Places callers, string type)
        {
            TypeCarriers.Carriers? reach = null;
            foreach (var caller in callers)
            {
                if (!leading[caller] && (reach ??= carriers.Of(type)).Reach(caller)) Add(caller);
            }
        }

        // Whoever calls async code does not run it to its end.
        void Add(int place)
        {
            if (leading[place]) return;
            leading[place] = true;
            var body = Graph.Bodies[place];
            _leading.Add(body);
            if (!body.IsAsync) open.Push(body);
        }
    }
}
