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

    private void Close(HashSet<BodyNames> sources)
    {
        var open = new Stack<BodyNames>();
        var done = new HashSet<(string Name, string? Owner)>();
        foreach (var body in sources) Add(body);
        while (open.Count > 0)
        {
            var body = open.Pop();
            foreach (var name in body.Declared)
            {
                Names.Add(name);
                if (done.Add((name, body.Owner)) && Graph.Callers.TryGetValue(name, out var callers)) AddCallers(callers, body, name);
            }
        }

        void AddCallers(List<BodyNames> callers, BodyNames body, string name)
        {
            if (body.Owner is not { } type || !Graph.Carriers.Declares(type))
            {
                foreach (var caller in callers) Add(caller);
                return;
            }

            foreach (var owner in Graph.Carriers.OwnersOf(type, name, _isToldOfOthers))
            {
                foreach (var caller in callers)
                {
                    if (!_leading.Contains(caller) && Graph.Carriers.Reaches(caller, owner)) Add(caller);
                }
            }
        }

        // Whoever calls async code does not run it to its end.
        void Add(BodyNames body)
        {
            if (_leading.Add(body) && !body.IsAsync) open.Push(body);
        }
    }
}
