using System.Collections.Generic;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// Which names may lead to a call that blocks, or to work for the processor: the names that the catalog knows, and, over and over, every name whose body mentions
/// one of them. By the text alone, and wrong only in favour of a closer look.
/// </summary>
internal sealed class CallIndex
{
    /// <summary>What nearly every body mentions, or calls without a word. It is seldom long work, so that whoever mentions it is not taken for a caller.</summary>
    private static readonly HashSet<string> Everywhere = new()
    {
        CallNames.Operator, CallNames.Equality, CallNames.Conversion, CallNames.Creation, CallNames.Indexer,
        "GetEnumerator", "MoveNext", "Current", WellKnownMember.Dispose, "ToString", "Equals", "GetHashCode", "CompareTo",
    };

    private readonly HashSet<string> _names = new();
    private readonly NameGraph _graph;
    private readonly bool _isOfWork;

    private CallIndex(NameGraph graph, GuardContext guard, ApiTraits trait, IEnumerable<string> names)
    {
        _graph = graph;
        _isOfWork = trait == ApiTraits.Cpu;
        _names.UnionWith(names);
        Close(guard, trait);
    }

    /// <summary>What leads to a call that blocks, or to something that is marked or that another assembly tells of.</summary>
    public static CallIndex OfBlocking(NameGraph graph, GuardContext guard, params IEnumerable<string>[] told)
    {
        var names = new List<string> { CallNames.Marked, WellKnownMember.GetResult };
        foreach (var some in told) names.AddRange(some);
        return new CallIndex(graph, guard, ApiTraits.Blocks, names);
    }

    /// <summary>What leads to work for the processor: a heavy API, a regular expression, a loop that may be long.</summary>
    public static CallIndex OfWork(NameGraph graph, GuardContext guard) =>
        new(graph, guard, ApiTraits.Cpu, [CallNames.Work, nameof(System.Text.RegularExpressions.Regex), CallNames.ConstructorOf(nameof(System.Text.RegularExpressions.Regex))]);

    /// <summary>Whether a member of this name may block.</summary>
    public bool Holds(string name) => _names.Contains(name);

    /// <summary>Whether the member, or what a type runs when it is first touched, may block.</summary>
    public bool Holds(ISymbol member) => member switch
    {
        IMethodSymbol method => method.MethodKind switch
        {
            MethodKind.Constructor => Holds(CallNames.ConstructorOf(method.ContainingType.Name)),
            MethodKind.StaticConstructor => Holds(method.ContainingType.Name),
            MethodKind.UserDefinedOperator => Holds(method.Name is WellKnownMemberNames.EqualityOperatorName or WellKnownMemberNames.InequalityOperatorName ? CallNames.Equality : CallNames.Operator),
            MethodKind.Conversion => Holds(CallNames.Conversion),
            MethodKind.AnonymousFunction => true,

            // A local function that calls itself is not told apart in the text of the member around it.
            MethodKind.LocalFunction => _isOfWork || Holds(method.ContainingSymbol),
            _ => Holds(NameOf(method.AssociatedSymbol ?? method)),
        },
        _ => Holds(NameOf(member)),
    };

    /// <summary>Whether the body of the member itself mentions a name that may block; the finer test, for a member that is held.</summary>
    public bool Leads(ISymbol member)
    {
        if (member is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.AnonymousFunction or MethodKind.LocalFunction) } method) return true;
        if (method.Name == WellKnownMemberNames.TopLevelStatementsEntryPointMethodName) return true;
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (_graph.NamesIn(reference.SyntaxTree).Around(reference.Span) is { } body && MentionsAny(body)) return true;
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
            if (_names.Contains(name) && !(_isOfWork && Everywhere.Contains(name))) return true;
        }

        return false;
    }

    private void Close(GuardContext guard, ApiTraits trait)
    {
        var open = new Stack<string>(_names);
        foreach (var name in _graph.Callers.Keys)
        {
            if (guard.Apis.CanMean(name, trait, guard.Types, _graph.Mentions) && _names.Add(name)) open.Push(name);
        }

        while (open.Count > 0)
        {
            var called = open.Pop();
            if ((_isOfWork && Everywhere.Contains(called)) || !_graph.Callers.TryGetValue(called, out var callers)) continue;
            foreach (var body in callers)
            {
                foreach (var name in body.Declared)
                {
                    if (_names.Add(name)) open.Push(name);
                }
            }
        }
    }
}
