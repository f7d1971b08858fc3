using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis.Names;

/// <summary>
/// Which bodies of a compilation mention which names, by the text alone. What a file mentions is remembered with its tree, so that an edit
/// reads one file.
/// </summary>
internal sealed class NameGraph
{
    private static readonly Engine<NameGraph> Engine = new(static guard => new NameGraph(guard.Compilation));
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Known = new();

    private readonly Dictionary<string, int> _names = new();
    private readonly List<int> _ends = new();
    private readonly Lazy<TypeMentions> _mentions;
    private readonly Lazy<HashSet<string>> _declared;
    private readonly ChunkedInts _places;

    public NameGraph(Compilation compilation)
    {
        _mentions = new(() => new TypeMentions(this), LazyThreadSafetyMode.ExecutionAndPublication);
        _declared = new(NamesOfBodies, LazyThreadSafetyMode.ExecutionAndPublication);
        var total = 0;
        foreach (var tree in compilation.SyntaxTrees)
        {
            var names = NamesIn(tree);
            Headers.AddRange(names.Headers);
            Bodies.AddRange(names.Bodies);
            foreach (var body in names.Bodies) total += body.Mentioned.Length;
        }

        _places = new ChunkedInts(total);
        Place(new ChunkedInts(total));
    }

    public static NameGraph Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>All bodies; the graph counts them by their places here.</summary>
    public List<BodyNames> Bodies { get; } = new();

    /// <summary>All names that are mentioned.</summary>
    public IEnumerable<string> Names => _names.Keys;

    /// <summary>What stands outside of the bodies.</summary>
    public List<HeaderNames> Headers { get; } = new();

    /// <summary>Through which names types are reached.</summary>
    public TypeMentions Mentions => _mentions.Value;

    /// <summary>How many files had to be read for this compilation.</summary>
    public int TreesRead { get; private set; }

    /// <summary>Whether a member of this name has a body.</summary>
    public bool Declares(string name) => _declared.Value.Contains(name);

    /// <summary>The places of the bodies that mention the name.</summary>
    public BodyRange CallersOf(string name) =>
        _names.TryGetValue(name, out var number) ? new BodyRange(_places, number == 0 ? 0 : _ends[number - 1], _ends[number]) : default;

    private HashSet<string> NamesOfBodies()
    {
        var names = new HashSet<string>();
        foreach (var body in Bodies) names.UnionWith(body.Declared);
        return names;
    }

    // Sorted by counting: one array for all instead of a list for each.
    private void Place(ChunkedInts numbers)
    {
        var at = 0;
        foreach (var body in Bodies)
        {
            foreach (var name in body.Mentioned)
            {
                if (!_names.TryGetValue(name, out var number))
                {
                    number = _names.Count;
                    _names.Add(name, number);
                    _ends.Add(0);
                }

                numbers[at++] = number;
                _ends[number]++;
            }
        }

        var starts = new int[_ends.Count];
        for (var i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + _ends[i - 1];
        for (var i = 0; i < starts.Length; i++) _ends[i] += starts[i];
        at = 0;
        for (var place = 0; place < Bodies.Count; place++)
        {
            for (var i = Bodies[place].Mentioned.Length; i > 0; i--) _places[starts[numbers[at++]]++] = place;
        }
    }

    public TreeNames NamesIn(SyntaxTree tree) => Known.TryGetValue(tree, out var known)
        ? known
        : Known.GetValue(tree, created =>
        {
            TreesRead++;
            return CallNames.In(created);
        });
}
