using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>Which names may lead to a call that blocks, or to something that is marked or that another assembly tells of: by the text alone.</summary>
internal sealed class BlockingIndex : CallIndex
{
    public BlockingIndex(NameGraph graph, GuardContext guard, params IEnumerable<string>[] told)
        : base(graph)
    {
        Names.Add(CallNames.Marked);
        Names.Add(WellKnownMember.GetResult);
        foreach (var names in told) Names.UnionWith(names);
        Close(guard);
    }

    protected override bool Leads(BodyNames body)
    {
        foreach (var name in body.Mentioned)
        {
            if (Names.Contains(name)) return true;
        }

        return false;
    }

    protected override bool HoldsInside(IMethodSymbol function) => function.MethodKind == MethodKind.AnonymousFunction || Holds(function.ContainingSymbol);

    private void Close(GuardContext guard)
    {
        var open = new Stack<string>(Names);
        foreach (var name in Graph.Callers.Keys)
        {
            if (guard.Apis.CanMean(name, ApiTraits.Blocks, guard.Types, Graph.Mentions) && Names.Add(name)) open.Push(name);
        }

        while (open.Count > 0)
        {
            if (!Graph.Callers.TryGetValue(open.Pop(), out var callers)) continue;
            foreach (var body in callers)
            {
                foreach (var name in body.Declared)
                {
                    if (Names.Add(name)) open.Push(name);
                }
            }
        }
    }
}
