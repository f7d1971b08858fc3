using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>Why a member blocks: the shortest way from its body to something that holds the thread.</summary>
internal sealed class EffectSummary
{
    private const int MaxNames = 7;

    private readonly BodyCall? _call;
    private readonly EffectSummary? _next;

    private EffectSummary(BodyCall? call, EffectSummary? next, int distance)
    {
        _call = call;
        _next = next;
        Distance = distance;
    }

    /// <summary>A member that is marked: no reason is known, or needed.</summary>
    public static EffectSummary Marked { get; } = new(null, null, 0);

    /// <summary>How many calls away the blocking one is.</summary>
    public int Distance { get; }

    public static EffectSummary Through(BodyCall call, EffectSummary? next, int distance) => new(call, next, distance);

    /// <summary>The way as a message writes it: <c>Load → Parse → File.ReadAllText</c>.</summary>
    public string PathFrom(string name)
    {
        var names = new List<string> { name };
        for (var step = this; step?._call is { } call; step = step._next) names.Add(call.Name);
        if (names.Count > MaxNames)
        {
            names.RemoveRange(MaxNames / 2 + 1, names.Count - MaxNames);
            names.Insert(MaxNames / 2 + 1, "…");
        }

        return string.Join(" → ", names);
    }

    /// <summary>Where each call of the way stands.</summary>
    public IEnumerable<Location> Hops()
    {
        for (var step = this; step?._call is { } call; step = step._next) yield return call.Place.GetLocation();
    }
}
