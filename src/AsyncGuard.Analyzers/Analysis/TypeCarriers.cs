using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// Through which names source comes to the objects and the members of a type: its own name, and those of the members and types whose declaration names it. By the
/// text alone.
/// </summary>
internal sealed class TypeCarriers
{
    private readonly NameGraph _graph;
    private readonly Dictionary<string, List<HeaderNames>> _mentioning = new();
    private readonly Dictionary<string, List<HeaderNames>> _types = new();
    private readonly HashSet<(string? Owner, string Member)> _members = new();
    private readonly Dictionary<string, Carriers> _known = new();
    private readonly Dictionary<(string Type, string Member), List<string>> _owners = new();

    public TypeCarriers(NameGraph graph)
    {
        _graph = graph;
        foreach (var header in graph.Headers)
        {
            foreach (var name in header.Mentioned) Add(_mentioning, name, header);
            foreach (var name in header.Declared)
            {
                if (header.Kind is HeaderKind.Type or HeaderKind.Delegate) Add(_types, name, header);
                else _members.Add((header.Owner, name));
            }
        }
    }

    /// <summary>Whether the type is declared in this compilation, so that everything that leads to it can be seen.</summary>
    public bool Declares(string type) => _types.ContainsKey(type);

    /// <summary>Whether the body mentions the type or a name that carries it.</summary>
    public bool Reaches(BodyNames body, string type)
    {
        if (!_known.TryGetValue(type, out var carriers)) _known.Add(type, carriers = Of(type));
        if (carriers.Everywhere || carriers.Inside.Contains(body.Tree) || carriers.Bodies.Contains(body)) return true;
        foreach (var name in body.Declared)
        {
            if (carriers.Names.Contains(name)) return true;
        }

        return false;
    }

    /// <summary>
    /// The types through which a member of a type is called: its own, and those above it that declare one of the same name. Those of other compilations too, where
    /// it is known what they declare.
    /// </summary>
    public IReadOnlyList<string> OwnersOf(string type, string member, bool andOfOthers)
    {
        if (_owners.TryGetValue((type, member), out var known)) return known;
        var owners = new List<string> { type };
        var seen = new HashSet<string>();
        Climb(type);
        _owners.Add((type, member), owners);
        return owners;

        void Climb(string from)
        {
            if (!seen.Add(from) || !_types.TryGetValue(from, out var headers)) return;
            foreach (var header in headers)
            {
                foreach (var above in header.Mentioned)
                {
                    if (above != type && (_members.Contains((above, member)) || (andOfOthers && !_types.ContainsKey(above))) && !owners.Contains(above)) owners.Add(above);
                    Climb(above);
                }
            }
        }
    }

    private Carriers Of(string type)
    {
        var carriers = new Carriers();
        var open = new Stack<string>();
        var delegates = new HashSet<string>();
        Meet(type);
        while (open.Count > 0)
        {
            var name = open.Pop();
            if (_types.TryGetValue(name, out var declarations))
            {
                foreach (var declaration in declarations)
                {
                    if (declaration.Kind == HeaderKind.Type) carriers.Inside.Add(declaration.Tree);
                }
            }

            if (!_mentioning.TryGetValue(name, out var headers)) continue;
            foreach (var header in headers)
            {
                switch (header.Kind)
                {
                    case HeaderKind.Member:
                        foreach (var member in header.Declared) carriers.Names.Add(member);
                        break;
                    case HeaderKind.Type:
                        carriers.Inside.Add(header.Tree);
                        foreach (var below in header.Declared) Meet(below);
                        break;
                    case HeaderKind.Delegate:
                        foreach (var below in header.Declared) Meet(below);
                        delegates.UnionWith(header.Declared);
                        break;
                    case HeaderKind.Given when delegates.Contains(name):
                        foreach (var member in header.Declared) carriers.Names.Add(member);
                        break;
                    case HeaderKind.Part when header.Owner is { } owner:
                        Meet(owner);
                        break;
                    case HeaderKind.Import:
                        carriers.Inside.Add(header.Tree);
                        break;
                    case HeaderKind.GlobalImport:
                        carriers.Everywhere = true;
                        break;
                }
            }
        }

        foreach (var name in carriers.Names)
        {
            if (_graph.Callers.TryGetValue(name, out var bodies)) carriers.Bodies.UnionWith(bodies);
        }

        return carriers;

        void Meet(string name)
        {
            if (!carriers.Names.Add(name)) return;
            carriers.Names.Add(CallNames.ConstructorOf(name));
            open.Push(name);
        }
    }

    private static void Add(Dictionary<string, List<HeaderNames>> index, string name, HeaderNames header)
    {
        if (!index.TryGetValue(name, out var headers)) index.Add(name, headers = new List<HeaderNames>());
        headers.Add(header);
    }

    private sealed class Carriers
    {
        public HashSet<string> Names { get; } = new();

        /// <summary>The bodies that mention any of them.</summary>
        public HashSet<BodyNames> Bodies { get; } = new();

        /// <summary>The files where the members may be called without a receiver.</summary>
        public HashSet<SyntaxTree> Inside { get; } = new();

        /// <summary>Whether every file may.</summary>
        public bool Everywhere { get; set; }
    }
}
