using System.Collections.Generic;
using System.Runtime.CompilerServices;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// Which names may lead to a call that blocks: the names that the catalog knows, and, over and over, every name whose body mentions one of them.
/// By the text alone, and wrong only in favour of a closer look. What a file mentions is remembered with its tree, so that an edit reads one file.
/// </summary>
internal sealed class CallIndex
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Trees = new();

    private readonly HashSet<string> _names = new();

    public CallIndex(Compilation compilation, KnownTypes types, ApiCatalog apis, IEnumerable<string> marked)
    {
        var trees = new List<TreeNames>();
        foreach (var tree in compilation.SyntaxTrees) trees.Add(NamesIn(tree));
        _names.UnionWith(marked);
        _names.Add(CallNames.Marked);
        _names.Add(WellKnownMember.GetResult);
        Close(trees, types, apis);
    }

    /// <summary>How many files had to be read for this compilation.</summary>
    public int TreesRead { get; private set; }

    // A conversion is called without any sign of it in the source.
    private bool IsAnything => _names.Contains(CallNames.Conversion);

    /// <summary>Whether a member of this name may block.</summary>
    public bool Holds(string name) => _names.Contains(name) || IsAnything;

    /// <summary>Whether the member, or what a type runs when it is first touched, may block.</summary>
    public bool Holds(ISymbol member) => member switch
    {
        IMethodSymbol method => method.MethodKind switch
        {
            MethodKind.Constructor => Holds(CallNames.ConstructorOf(method.ContainingType.Name)),
            MethodKind.StaticConstructor => Holds(method.ContainingType.Name),
            MethodKind.UserDefinedOperator => Holds(method.Name is WellKnownMemberNames.EqualityOperatorName or WellKnownMemberNames.InequalityOperatorName ? CallNames.Equality : CallNames.Operator),
            MethodKind.Conversion => IsAnything,
            MethodKind.AnonymousFunction => true,
            MethodKind.LocalFunction => Holds(method.ContainingSymbol),
            _ => Holds(NameOf(method.AssociatedSymbol ?? method)),
        },
        _ => Holds(NameOf(member)),
    };

    /// <summary>Whether the body of the member itself mentions a name that may block; the finer test, for a member that is held.</summary>
    public bool Leads(ISymbol member)
    {
        if (IsAnything || member is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) } method) return true;
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            // The statements of a program have no member around them.
            if (NamesIn(reference.SyntaxTree) is not { } names || method.ContainingSymbol is IMethodSymbol || method.Name == WellKnownMemberNames.TopLevelStatementsEntryPointMethodName) return true;
            if (names.Around(reference.Span) is { } body && MentionsAny(body)) return true;
        }

        return false;
    }

    // void IStore.Save() is called Save
    private static string NameOf(ISymbol member)
    {
        if (member is IPropertySymbol { IsIndexer: true }) return CallNames.Indexer;
        var dot = member.Name.LastIndexOf('.');
        return dot < 0 ? member.Name : member.Name.Substring(dot + 1);
    }

    private bool MentionsAny(BodyNames body)
    {
        foreach (var name in body.Mentioned)
        {
            if (_names.Contains(name)) return true;
        }

        return false;
    }

    private TreeNames NamesIn(SyntaxTree tree) => Trees.TryGetValue(tree, out var known)
        ? known
        : Trees.GetValue(tree, created =>
        {
            TreesRead++;
            return CallNames.In(created);
        });

    private void Close(List<TreeNames> trees, KnownTypes types, ApiCatalog apis)
    {
        var callers = CallersIn(trees);
        var open = new Stack<string>(_names);
        foreach (var name in callers.Keys)
        {
            if (apis.CanMean(name, ApiTraits.Blocks, types, IsMentioned) && _names.Add(name)) open.Push(name);
        }

        while (open.Count > 0)
        {
            if (!callers.TryGetValue(open.Pop(), out var list)) continue;
            foreach (var body in list)
            {
                foreach (var name in body.Declared)
                {
                    if (_names.Add(name)) open.Push(name);
                }
            }
        }

        bool IsMentioned(string name)
        {
            if (callers.ContainsKey(name) || callers.ContainsKey(CallNames.ConstructorOf(name))) return true;
            foreach (var tree in trees)
            {
                if (tree.Headers.Contains(name)) return true;
            }

            return false;
        }
    }

    private static Dictionary<string, List<BodyNames>> CallersIn(List<TreeNames> trees)
    {
        var callers = new Dictionary<string, List<BodyNames>>();
        foreach (var tree in trees)
        {
            foreach (var body in tree.Bodies)
            {
                foreach (var name in body.Mentioned)
                {
                    if (!callers.TryGetValue(name, out var list)) callers.Add(name, list = new List<BodyNames>());
                    list.Add(body);
                }
            }
        }

        return callers;
    }
}
