using System.Collections.Generic;
using AsyncGuard.Catalog;

namespace AsyncGuard.Analysis.Names;

/// <summary>Gathers the bodies that by their text may mention certain APIs, or certain names.</summary>
internal sealed class CandidateBodies(NameGraph graph, GuardContext guard)
{
    /// <summary>Their places in the graph.</summary>
    public HashSet<int> Found { get; } = new();

    /// <summary>Adds the bodies that mention the name.</summary>
    public void Add(string name)
    {
        foreach (var place in graph.CallersOf(name)) Found.Add(place);
    }

    /// <summary>Adds the bodies that may mention an API with the trait.</summary>
    public void Add(ApiTraits trait)
    {
        foreach (var name in graph.Names)
        {
            if (!guard.Apis.MayHave(name, trait)) continue;
            if (guard.Apis.TypesMeant(name, trait, guard.Types) is not { } types)
            {
                Add(name);
                continue;
            }

            foreach (var place in graph.CallersOf(name))
            {
                if (!Found.Contains(place) && ReachesAny(place, types)) Found.Add(place);
            }
        }

        Add([CallNames.Creation], new HashSet<string>(guard.Apis.TypesMadeWith(trait, guard.Types)));
    }

    /// <summary>Adds the bodies that call one of the names where one of the types is at hand.</summary>
    public void Add(IReadOnlyCollection<string> names, IReadOnlyCollection<string> types)
    {
        foreach (var name in names)
        {
            foreach (var place in graph.CallersOf(name))
            {
                if (!Found.Contains(place) && ReachesAny(place, types)) Found.Add(place);
            }
        }
    }

    private bool ReachesAny(int place, IReadOnlyCollection<string> types)
    {
        foreach (var type in types)
        {
            if (graph.Mentions.Of(type).Covers(place)) return true;
        }

        return false;
    }
}
