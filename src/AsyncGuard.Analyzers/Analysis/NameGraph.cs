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

    private readonly List<TreeNames> _trees = new();
    private readonly HashSet<string> _declared = new();

    public NameGraph(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var names = NamesIn(tree);
            _trees.Add(names);
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

    /// <summary>How many files had to be read for this compilation.</summary>
    public int TreesRead { get; private set; }

    /// <summary>Whether a member of this name has a body.</summary>
    public bool Declares(string name) => _declared.Contains(name);

    /// <summary>The files where the type is named, in a body or outside of any.</summary>
    public HashSet<SyntaxTree> TreesThatMention(string type)
    {
        var trees = new HashSet<SyntaxTree>();
        AddCallers(type);
        AddCallers(CallNames.ConstructorOf(type));
        foreach (var tree in _trees)
        {
            if (tree.Headers.Contains(type)) trees.Add(tree.Tree);
        }

        return trees;

        void AddCallers(string name)
        {
            if (!Callers.TryGetValue(name, out var callers)) return;
            foreach (var body in callers) trees.Add(body.Tree);
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
