using System.Collections.Generic;
using System.Runtime.CompilerServices;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// Which names may lead to a call that blocks, or to work for the processor: the names that the catalog knows, and, over and over, every name whose body mentions one of them.
/// By the text alone, and wrong only in favour of a closer look. What a file mentions is remembered with its tree, so that an edit reads one file.
/// </summary>
internal sealed class CallIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, BodyNames[]> Trees = new();

    /// <summary>What nearly every body mentions, or calls without a word. It is seldom long work, so that whoever mentions it is not taken for a caller.</summary>
    private static readonly HashSet<string> Everywhere = new()
    {
        CallNames.Operator, CallNames.Conversion, CallNames.Creation, CallNames.Indexer,
        "GetEnumerator", "MoveNext", "Current", WellKnownMember.Dispose, "ToString", "Equals", "GetHashCode", "CompareTo",
    };

    private readonly HashSet<string> _names = new();
    private readonly bool _isOfWork;

    /// <summary>What leads to a call that blocks, or to something that is marked.</summary>
    public CallIndex(Compilation compilation, ApiCatalog apis, IEnumerable<string> marked)
        : this(compilation, apis, ApiTraits.Blocks, marked, CallNames.Marked, WellKnownMember.GetResult)
    {
    }

    private CallIndex(Compilation compilation, ApiCatalog apis, ApiTraits trait, IEnumerable<string> names, params string[] moreNames)
    {
        _isOfWork = trait == ApiTraits.Cpu;
        var bodies = new List<BodyNames>();
        foreach (var tree in compilation.SyntaxTrees) bodies.AddRange(NamesIn(tree));
        _names.UnionWith(names);
        _names.UnionWith(moreNames);
        Close(bodies, apis, trait);
    }

    /// <summary>What leads to work for the processor: a heavy API, a regular expression, a loop that may be long.</summary>
    public static CallIndex OfWork(Compilation compilation, ApiCatalog apis) => new(compilation, apis, ApiTraits.Cpu, [], CallNames.Work, nameof(System.Text.RegularExpressions.Regex));

    /// <summary>How many files had to be read for this compilation.</summary>
    public int TreesRead { get; private set; }

    // A conversion is called without any sign of it in the source.
    private bool IsAnything => !_isOfWork && _names.Contains(CallNames.Conversion);

    /// <summary>Whether a member of this name may block.</summary>
    public bool Holds(string name) => _names.Contains(name) || IsAnything;

    /// <summary>Whether the member, or the constructors of the type, may block.</summary>
    public bool Holds(ISymbol member) => member switch
    {
        IMethodSymbol method => method.MethodKind switch
        {
            MethodKind.Constructor or MethodKind.StaticConstructor => Holds(method.ContainingType.Name),
            MethodKind.UserDefinedOperator => Holds(CallNames.Operator),
            MethodKind.Conversion => Holds(CallNames.Conversion),
            MethodKind.AnonymousFunction => true,
            
            // A local function that calls itself is not told apart in the text of the member around it.
            MethodKind.LocalFunction => _isOfWork || Holds(method.ContainingSymbol),
            _ => Holds(NameOf(method.AssociatedSymbol ?? method)),
        },
        _ => Holds(NameOf(member)),
    };

    // void IStore.Save() is called Save
    private static string NameOf(ISymbol member)
    {
        if (member is IPropertySymbol { IsIndexer: true }) return CallNames.Indexer;
        var dot = member.Name.LastIndexOf('.');
        return dot < 0 ? member.Name : member.Name.Substring(dot + 1);
    }

    private BodyNames[] NamesIn(SyntaxTree tree) => Trees.TryGetValue(tree, out var known)
        ? known
        : Trees.GetValue(tree, created =>
        {
            TreesRead++;
            return CallNames.In(created);
        });

    private void Close(List<BodyNames> bodies, ApiCatalog apis, ApiTraits trait)
    {
        var callers = new Dictionary<string, List<BodyNames>>();
        foreach (var body in bodies)
        {
            foreach (var name in body.Mentioned)
            {
                if (!callers.TryGetValue(name, out var list)) callers.Add(name, list = new List<BodyNames>());
                list.Add(body);
            }
        }

        var open = new Stack<string>(_names);
        foreach (var name in callers.Keys)
        {
            if (apis.MayHave(name, trait) && _names.Add(name)) open.Push(name);
        }

        while (open.Count > 0)
        {
            var called = open.Pop();
            if ((_isOfWork && Everywhere.Contains(called)) || !callers.TryGetValue(called, out var list)) continue;
            foreach (var body in list)
            {
                foreach (var name in body.Declared)
                {
                    if (_names.Add(name)) open.Push(name);
                }
            }
        }
    }
}
