using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Why a member blocks: the shortest way from its body to something that holds the thread.</summary>
internal sealed class CallPath
{
    private const int MaxNames = 7;
    private const string Arrow = " → ";

    // More than any way is long, so that a way on which nothing is done once only is always the shorter one.
    private const int Once = 1_000_000;

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

    /// <summary>How many calls away the blocking one is; further than any other where it is made at most once.</summary>
    public int Distance { get; }

    /// <summary>Whether the blocking call is made at most once for each object, or once in all.</summary>
    public bool IsOnce => Distance >= Once;

    /// <summary>
    /// The last call that can be seen on the way: the one that blocks, or leads out of the compilation. Null where the way does.
    /// </summary>
    public BodyCall? Cause
    {
        get
        {
            BodyCall? last = null;
            for (var step = this; step is not null; step = step._next) last = step._call ?? last;
            return last;
        }
    }

    /// <summary>The whole way behind the member: <c>Parse → File.ReadAllText</c>.</summary>
    public string Way => string.Join(Arrow, NamesFrom(null));

    /// <summary>A member of another compilation, by the <see cref="Way"/> that was found there.</summary>
    public static CallPath Imported(string way)
    {
        var names = way.Split([Arrow], StringSplitOptions.None);
        return new(null, null, names.Length, names);
    }

    public static CallPath Through(BodyCall call, CallPath? next, int distance) => new(call, next, distance);

    /// <summary>The length of a way whose first step is the call.</summary>
    public static int DistanceBy(BodyCall call, int rest) => rest >= Once || call.IsOnce ? Once + (rest % Once) + 1 : rest + 1;

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
