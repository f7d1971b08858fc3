using System;
using System.Collections.Generic;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Follows bodies to those that may call them, over and over: to all that mention one of their names and have the type at hand that
/// declares it, or one above it.
/// </summary>
internal sealed class BlockingClosure(NameGraph graph, HashSet<string> names, bool hasForeignNames)
{
    private readonly TypeMentions _mentions = graph.Mentions;
    private readonly bool[] _leading = new bool[graph.Bodies.Count];
    private readonly Stack<BodyNames> _open = new();
    private readonly Dictionary<string, HashSet<string?>> _owners = new();
    private readonly HashSet<string> _ofStarts = new();
    private readonly HashSet<string> _started = new();
    private readonly HashSet<BodyNames> _found = new();
    private List<int>? _starts;
    private Func<BodyNames, bool>? _isEnd;
    private bool _isEnded;

    private List<int> Starts => _starts ??= FindStarts();

    /// <summary>All bodies that may lead to the sources; the names of their members are added to those of the index.</summary>
    public HashSet<BodyNames> Close(IEnumerable<int> sources)
    {
        foreach (var place in sources) Add(place);
        while (_open.Count > 0) Follow(_open.Pop());
        return _found;
    }

    /// <summary>The same, or null as soon as one of them is what is looked for.</summary>
    public HashSet<BodyNames>? CloseUntil(IEnumerable<int> sources, Func<BodyNames, bool> isEnd)
    {
        _isEnd = isEnd;
        foreach (var place in sources) Add(place);
        while (_open.Count > 0 && !_isEnded) Follow(_open.Pop());
        return _isEnded ? null : _found;
    }

    /// <summary>Adds the bodies that may call the body by one of its names.</summary>
    public void AddCallers(BodyNames body, string name, HashSet<int> found)
    {
        var isSeen = !body.IsOfStart && body.Owner is { } owner && _mentions.Declares(owner);
        foreach (var caller in graph.CallersOf(name))
        {
            if (!isSeen || Reaches(body.Owner!, name, caller)) found.Add(caller);
        }
    }

    private bool Reaches(string owner, string name, int caller)
    {
        if (_mentions.Of(owner).Covers(caller)) return true;
        foreach (var (above, members) in _mentions.Above(owner))
        {
            if ((members is null ? hasForeignNames : members.Contains(name)) && _mentions.Of(above).Covers(caller)) return true;
        }

        return false;
    }

    // A caller of async code does not run it to its end.
    private void Add(int place)
    {
        if (_leading[place]) return;
        _leading[place] = true;
        var body = graph.Bodies[place];
        _found.Add(body);
        _isEnded |= _isEnd?.Invoke(body) == true;
        if (!body.IsAsync) _open.Push(body);
    }

    private void Follow(BodyNames body)
    {
        if (body.Held is { } type && !DeferredValues.MayBe(type, _mentions)) return;
        foreach (var name in body.Declared)
        {
            names.Add(name);
            if (body.IsOfStart)
            {
                _ofStarts.Add(name);
                AddStarting(graph.CallersOf(name), body.Owner);
            }
            else if (IsNewOwner(name, body.Owner))
            {
                AddCallers(graph.CallersOf(name), body.Owner, name);
            }
        }
    }

    private bool IsNewOwner(string name, string? owner)
    {
        if (!_owners.TryGetValue(name, out var owners)) _owners.Add(name, owners = new HashSet<string?>());
        return owners.Add(owner);
    }

    /// <summary>Whether the name, where that body mentions it, may mean a member that was followed.</summary>
    public bool MayMean(string name, int caller)
    {
        if (!_owners.TryGetValue(name, out var owners) || _ofStarts.Contains(name)) return names.Contains(name);
        foreach (var owner in owners)
        {
            if (owner is null || !_mentions.Declares(owner) || Reaches(owner, name, caller)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether <c>new()</c>, where that body writes it, may make an object of a type that was followed and whose constructor may do it.
    /// </summary>
    public bool MayMake(int caller, Func<string, bool> mayDo)
    {
        if (!_owners.TryGetValue(CallNames.Creation, out var owners)) return false;
        foreach (var owner in owners)
        {
            if (owner is null || !_mentions.Declares(owner)
                || (Reaches(owner, CallNames.Creation, caller) && mayDo(CallNames.ConstructorOf(owner))))
                return true;
        }

        return false;
    }

    // What a type does at its first touch counts for async code, which asks by the name of the type, and where another type starts.
    private void AddStarting(BodyRange callers, string? type)
    {
        foreach (var caller in callers)
        {
            if (graph.Bodies[caller].IsOfStart) Add(caller);
        }

        // A type below, an alias and a static import reach its statics without its name.
        if (type is null || !_started.Add(type)) return;
        var reach = _mentions.Of(type);
        foreach (var start in Starts)
        {
            if (!_leading[start] && reach.Covers(start)) Add(start);
        }
    }

    private List<int> FindStarts()
    {
        var starts = new List<int>();
        for (var place = 0; place < graph.Bodies.Count; place++)
        {
            if (graph.Bodies[place].IsOfStart) starts.Add(place);
        }

        return starts;
    }

    private void AddCallers(BodyRange callers, string? type, string name)
    {
        if (type is null || !_mentions.Declares(type))
        {
            foreach (var caller in callers) Add(caller);
            return;
        }

        AddReaching(callers, type);
        foreach (var (above, members) in _mentions.Above(type))
        {
            if (members is null ? hasForeignNames : members.Contains(name)) AddReaching(callers, above);
        }
    }

    private void AddReaching(BodyRange callers, string type)
    {
        TypeMentions.Mentions? reach = null;
        foreach (var caller in callers)
        {
            if (!_leading[caller] && (reach ??= _mentions.Of(type)).Covers(caller)) Add(caller);
        }
    }
}
