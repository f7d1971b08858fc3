using System.Collections.Generic;
using AsyncGuard.Catalog;

namespace AsyncGuard.Analysis;

/// <summary>Gathers the bodies that by their text may mention certain APIs, or certain names.</summary>
internal sealed class MeantBodies(NameGraph graph, GuardContext guard)
{
    public HashSet<BodyNames> Found { get; } = new();

    /// <summary>Adds the bodies that mention the name.</summary>
    public void Add(string name)
    {
        if (graph.Callers.TryGetValue(name, out var bodies)) Found.UnionWith(bodies);
    }

    /// <summary>Adds the bodies that may mention an API with the trait.</summary>
    public void Add(ApiTraits trait)
    {
        foreach (var pair in graph.Callers)
        {
            if (!guard.Apis.MayHave(pair.Key, trait)) continue;
            if (guard.Apis.TypesMeant(pair.Key, trait, guard.Types) is not { } types)
            {
                Found.UnionWith(pair.Value);
                continue;
            }

            foreach (var body in pair.Value)
            {
                if (!Found.Contains(body) && ReachesAny(body, types)) Found.Add(body);
            }
        }
    }

    private bool ReachesAny(BodyNames body, IReadOnlyCollection<string> types)
    {
        foreach (var type in types)
        {
            if (graph.Carriers.Reaches(body, type)) return true;
        }

        return false;
    }
}
