using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Through which names source reaches the objects and the members of a type: its own name, and those of the members and types whose
/// declaration names it. By the text alone. Safe to be asked by several threads.
/// </summary>
internal sealed class TypeMentions
{
    private readonly NameGraph _graph;
    private readonly Dictionary<string, List<HeaderNames>> _mentioning = new();
    private readonly Dictionary<string, List<HeaderNames>> _types = new();
    private readonly Dictionary<string, HashSet<string>> _members = new();
    private readonly Dictionary<string, Mentions> _known = new();
    private readonly Dictionary<string, List<(string Type, HashSet<string>? Members)>> _above = new();
    private readonly Lazy<HashSet<string>> _mentioned;

    public TypeMentions(NameGraph graph)
    {
        _graph = graph;
        _mentioned = new(() => new HashSet<string>(graph.Names.Concat(_mentioning.Keys)), LazyThreadSafetyMode.ExecutionAndPublication);
        foreach (var header in graph.Headers)
        {
            foreach (var name in header.Mentioned) Add(_mentioning, name, header);
            if (header.Kind is HeaderKind.Type or HeaderKind.Delegate)
            {
                foreach (var name in header.Declared) Add(_types, name, header);
            }
            else if (header.Owner is { } owner)
            {
                if (!_members.TryGetValue(owner, out var members)) _members.Add(owner, members = new HashSet<string>());
                members.UnionWith(header.Declared);
            }
        }
    }

    /// <summary>Whether the type is declared in this compilation, so that everything that leads to it can be seen.</summary>
    public bool Declares(string type) => _types.ContainsKey(type);

    /// <summary>Whether it is declared in this compilation, and nowhere as a delegate or as another name for a type.</summary>
    public bool DeclaresObject(string type) =>
        _types.TryGetValue(type, out var headers) && headers.TrueForAll(static header => header.Kind == HeaderKind.Type && !header.IsAlias);

    /// <summary>All names that stand in bodies or in the heads of declarations, the types' among them.</summary>
    public HashSet<string> Mentioned => _mentioned.Value;

    /// <summary>Which bodies have the type at hand.</summary>
    public Mentions Of(string type)
    {
        lock (_known)
        {
            if (!_known.TryGetValue(type, out var mentions)) _known.Add(type, mentions = Find(type));
            return mentions;
        }
    }

    /// <summary>
    /// The types above one, each with the members that it declares, which may be called through it; without where another compilation
    /// declares it.
    /// </summary>
    public IReadOnlyList<(string Type, HashSet<string>? Members)> Above(string type)
    {
        lock (_above)
        {
            if (_above.TryGetValue(type, out var known)) return known;
        }

        var above = new List<(string, HashSet<string>?)>();
        var seen = new HashSet<string> { type };
        Climb(type);
        lock (_above) _above[type] = above;
        return above;

        void Climb(string from)
        {
            if (!_types.TryGetValue(from, out var headers)) return;
            foreach (var header in headers)
            {
                foreach (var name in header.Mentioned)
                {
                    if (!seen.Add(name)) continue;
                    if (!_types.ContainsKey(name)) above.Add((name, null));
                    else if (_members.TryGetValue(name, out var members)) above.Add((name, members));
                    Climb(name);
                }
            }
        }
    }

    private Mentions Find(string type)
    {
        var mentions = new Mentions(_graph);
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
                    if (declaration.Kind == HeaderKind.Type) mentions.Inside.Add(declaration.Tree);
                }
            }

            if (!_mentioning.TryGetValue(name, out var headers)) continue;
            foreach (var header in headers)
            {
                switch (header.Kind)
                {
                    case HeaderKind.MemberTypes:
                    case HeaderKind.ParameterTypes when delegates.Contains(name):
                        foreach (var member in header.Declared) mentions.Add(member);
                        break;
                    case HeaderKind.Type:
                        mentions.Inside.Add(header.Tree);
                        foreach (var below in header.Declared) Meet(below);
                        break;
                    case HeaderKind.Delegate:
                        foreach (var below in header.Declared) Meet(below);
                        delegates.UnionWith(header.Declared);
                        break;
                    case HeaderKind.Unnamed when header.Owner is { } owner:
                        Meet(owner);
                        break;
                    case HeaderKind.Import:
                        mentions.Inside.Add(header.Tree);
                        break;
                    case HeaderKind.GlobalImport:
                        mentions.Everywhere = true;
                        break;
                }
            }
        }

        return mentions;

        void Meet(string name)
        {
            if (!mentions.Add(name)) return;
            mentions.Add(CallNames.ConstructorOf(name));
            open.Push(name);
        }
    }

    private static void Add(Dictionary<string, List<HeaderNames>> index, string name, HeaderNames header)
    {
        if (!index.TryGetValue(name, out var headers)) index.Add(name, headers = new List<HeaderNames>());
        headers.Add(header);
    }

    /// <summary>The names that carry one type.</summary>
    internal sealed class Mentions(NameGraph graph)
    {
        private readonly HashSet<string> _names = new();
        private readonly ulong[] _bodies = new ulong[(graph.Bodies.Count / 64) + 1];

        /// <summary>The files where the members may be called without a receiver.</summary>
        public HashSet<SyntaxTree> Inside { get; } = new();

        /// <summary>Whether every file may.</summary>
        public bool Everywhere { get; set; }

        /// <summary>Adds a name. False: it was there before.</summary>
        public bool Add(string name)
        {
            if (!_names.Add(name)) return false;
            foreach (var place in graph.CallersOf(name)) _bodies[place / 64] |= 1UL << (place % 64);
            return true;
        }

        /// <summary>Whether the body at that place in the graph mentions any of them, or is called by one.</summary>
        public bool Covers(int place)
        {
            if (Everywhere || (_bodies[place / 64] & (1UL << (place % 64))) != 0) return true;
            var body = graph.Bodies[place];
            if (Inside.Contains(body.Tree)) return true;
            foreach (var name in body.Declared)
            {
                if (_names.Contains(name)) return true;
            }

            return false;
        }
    }
}
