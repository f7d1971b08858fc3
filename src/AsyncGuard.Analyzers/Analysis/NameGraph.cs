using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// Which bodies of a compilation mention which names, by the text alone. What a file mentions is remembered with its tree, so that an edit reads one file.
/// </summary>
internal sealed class NameGraph
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Known = new();

    private readonly HashSet<string> _declared = new();
    private TypeCarriers? _carriers;

    public NameGraph(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var names = NamesIn(tree);
            Headers.AddRange(names.Headers);
            foreach (var body in names.Bodies)
            {
                _declared.UnionWith(body.Declared);
                foreach (var name in body.Mentioned)
                {
                    if (!Callers.TryGetValue(name, out var callers)) Callers.Add(name, callers = new List<BodyNames>());
                    callers.Add(body);
                }
            }
        }
    }

    /// <summary>The bodies that mention each name.</summary>
    public Dictionary<string, List<BodyNames>> Callers { get; } = new();

    /// <summary>What stands outside of the bodies.</summary>
    public List<HeaderNames> Headers { get; } = new();

    /// <summary>Through which names types are come to.</summary>
    public TypeCarriers Carriers => _carriers ??= new TypeCarriers(this);

    /// <summary>How many files had to be read for this compilation.</summary>
    public int TreesRead { get; private set; }

    /// <summary>Whether a member of this name has a body.</summary>
    public bool Declares(string name) => _declared.Contains(name);

    public TreeNames NamesIn(SyntaxTree tree) => Known.TryGetValue(tree, out var known)
        ? known
        : Known.GetValue(tree, created =>
        {
            TreesRead++;
            return CallNames.In(created);
        });
}
