using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Why a member blocks: the shortest way from its body to something that holds the thread.</summary>
internal sealed class CallPath
{
    private const int MaxNames = 7;
    private const string Arrow = " → ";

    private readonly BodyCall? _call;
    private readonly CallPath? _next;
    private readonly string[] _imported;

    private CallPath(BodyCall? call, CallPath? next, int distance, params string[] imported)
    {
        _call = call;
        _next = next;
        _imported = imported;
        Distance = distance;
    }

    /// <summary>A member that is marked: no reason is known, or needed.</summary>
    public static CallPath Marked { get; } = new(null, null, 0);

    /// <summary>How many calls away the blocking one is.</summary>
    public int Distance { get; }

    /// <summary>The whole way behind the member: <c>Parse → File.ReadAllText</c>.</summary>
    public string Way => string.Join(Arrow, NamesFrom(null));

    /// <summary>A member of another compilation, by the <see cref="Way"/> that was found there.</summary>
    public static CallPath Imported(string way)
    {
        var names = way.Split([Arrow], StringSplitOptions.None);
        return new(null, null, names.Length, names);
    }

    public static CallPath Through(BodyCall call, CallPath? next, int distance) => new(call, next, distance);

    /// <summary>The way as a message writes it: <c>Load → Parse → File.ReadAllText</c>.</summary>
    public string PathFrom(string name)
    {
        var names = NamesFrom(name);
        if (names.Count > MaxNames)
        {
            names.RemoveRange(MaxNames / 2 + 1, names.Count - MaxNames);
            names.Insert(MaxNames / 2 + 1, "…");
        }

        return string.Join(Arrow, names);
    }

    /// <summary>Where each call of the way stands.</summary>
    public IEnumerable<Location> Hops()
    {
        for (var step = this; step?._call is { } call; step = step._next) yield return call.Place.GetLocation();
    }

    private List<string> NamesFrom(string? name)
    {
        var names = new List<string>();
        if (name is not null) names.Add(name);
        for (var step = this; step is not null; step = step._next)
        {
            if (step._call is { } call) names.Add(call.Name);
            names.AddRange(step._imported);
        }

        return names;
    }
}
