using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// Which members may lead to a call that blocks, or to something that is marked or that another assembly tells of: the bodies that may mention such a thing, and,
/// over and over, those that mention one of their names. By the text alone.
/// </summary>
internal sealed class BlockingIndex : CallIndex
{
    private readonly HashSet<BodyNames> _sources;

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

        _sources = bodies.Found;
        Close();
    }

    protected override bool Leads(BodyNames body)
    {
        if (_sources.Contains(body)) return true;
        foreach (var name in body.Mentioned)
        {
            if (Names.Contains(name)) return true;
        }

        return false;
    }

    protected override bool HoldsInside(IMethodSymbol function)
    {
        if (function.MethodKind == MethodKind.AnonymousFunction) return true;
        foreach (var reference in function.DeclaringSyntaxReferences)
        {
            if (BodyAround(reference) is { } body) return Leads(body);
        }

        return true;
    }

    private void Close()
    {
        var open = new Stack<string>();
        foreach (var body in _sources) AddNames(body, open);
        while (open.Count > 0)
        {
            if (!Graph.Callers.TryGetValue(open.Pop(), out var callers)) continue;
            foreach (var body in callers) AddNames(body, open);
        }
    }

    private void AddNames(BodyNames body, Stack<string> open)
    {
        if (body.IsAsync) return;
        foreach (var name in body.Declared)
        {
            if (Names.Add(name)) open.Push(name);
        }
    }
}
