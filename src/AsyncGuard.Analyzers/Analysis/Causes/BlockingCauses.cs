using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Effects.Solving;
using AsyncGuard.Analysis.Names;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Causes;

/// <summary>
/// From how many places in async code a blocking call is reached. The text says which bodies may lead there; of those only so many are
/// bound as it takes to find the first few places, in the order of files and lines, so that the answer does not depend on who asks, or
/// when.
/// </summary>
internal sealed class BlockingCauses(GuardContext guard)
{
    private static readonly Engine<BlockingCauses> Engine = new(static guard => new BlockingCauses(guard));

    private const int MaxReported = 3;
    private const int MaxShown = 5;

    private readonly ConcurrentDictionary<SyntaxNode, ImmutableArray<Location>> _known = new();
    private readonly ConcurrentDictionary<BodyNames, ImmutableArray<Place>> _places = new();
    private readonly ConcurrentDictionary<SyntaxNode, IReadOnlyList<BodyNames>> _leadingTo = new();
    private readonly ConcurrentDictionary<BodyNames, UnawaitedNames> _unawaited = new();
    private readonly Lazy<Dictionary<BodyNames, int>> _numbers = new(() => NumbersOf(NameGraph.Of(guard)));

    public static BlockingCauses Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether so many places reach the call that it is reported in their stead.</summary>
    public bool IsShared(SyntaxNode call) => PlacesOf(call).Length > MaxReported;

    /// <summary>The first places in async code from which the call is reached.</summary>
    public ImmutableArray<Location> PlacesOf(SyntaxNode call) =>
        _known.TryGetValue(call, out var known) ? known : _known.GetOrAdd(call, Find);

    private ImmutableArray<Location> Find(SyntaxNode call)
    {
        var found = ImmutableArray.CreateBuilder<Location>();
        foreach (var body in BodiesLeadingTo(call))
        {
            foreach (var place in _places.TryGetValue(body, out var known) ? known : _places.GetOrAdd(body, Read))
            {
                if (place.Cause != call) continue;
                found.Add(place.Location);
                if (found.Count == MaxShown) return found.ToImmutable();
            }
        }

        return found.ToImmutable();
    }

    private IReadOnlyList<BodyNames> BodiesLeadingTo(SyntaxNode call)
    {
        var code = CodeAround(call, out var isInFunction);
        var body = IsOfMember(code) ? NameGraph.Of(guard).NamesIn(call.SyntaxTree).Around(call.Span) : null;

        // A caller of async code does not run it to its end.
        if (body is { IsAsync: true } && !isInFunction) return [];
        return _leadingTo.TryGetValue(code, out var known) ? known : _leadingTo.GetOrAdd(code, FindLeadingTo(call, body));
    }

    private List<BodyNames> FindLeadingTo(SyntaxNode call, BodyNames? around)
    {
        var found = new List<BodyNames>();
        var sources = new List<int>();
        if (around is not null) sources.Add(_numbers.Value[around]);
        else
        {
            foreach (var body in NameGraph.Of(guard).NamesIn(call.SyntaxTree).Bodies)
            {
                if (body.Span.Contains(call.Span)) sources.Add(_numbers.Value[body]);
            }
        }

        var closure = new BlockingClosure(NameGraph.Of(guard), new HashSet<string>(), hasForeignNames: false);
        foreach (var body in closure.Close(sources))
        {
            if (AsyncBodies.Of(guard).MayHold(body) && !GeneratedFiles.Is(body.Tree)
                && (Holds(body, call) || body.IsOfType || UnawaitedIn(body).MayMean(closure, BlockingNames.Of(guard).MayBlock)))
                found.Add(body);
        }

        found.Sort(static (one, other) => CompareOrdinal(one, other));
        return found;
    }

    // async Task A() { Load(); …; void Load() => Thread.Sleep(1); }
    private static bool Holds(BodyNames body, SyntaxNode call) => body.Tree == call.SyntaxTree && body.Span.Contains(call.Span);

    private UnawaitedNames UnawaitedIn(BodyNames body) =>
        _unawaited.TryGetValue(body, out var known) ? known
        : _unawaited.GetOrAdd(body, new UnawaitedNames(body, _numbers.Value[body], BlockingIndex.Of(guard)));

    // The member around the call, or the initializer of a property.
    private static SyntaxNode CodeAround(SyntaxNode call, out bool isInFunction)
    {
        isInFunction = false;
        for (var around = call; ; around = around.Parent!)
        {
            if (around is MemberDeclarationSyntax or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } || around.Parent is null)
                return around;
            isInFunction |= around is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
        }
    }

    // Not what runs when a type, or an object of it, is made.
    private static bool IsOfMember(SyntaxNode code) =>
        code is (BaseMethodDeclarationSyntax and not ConstructorDeclarationSyntax) or BasePropertyDeclarationSyntax;

    private static int CompareOrdinal(BodyNames one, BodyNames other) =>
        string.CompareOrdinal(one.Tree.FilePath, other.Tree.FilePath) is not 0 and var order ? order
        : one.Span.Start != other.Span.Start ? one.Span.Start.CompareTo(other.Span.Start)
        : string.CompareOrdinal(one.Declared[0], other.Declared[0]);

    private ImmutableArray<Place> Read(BodyNames body)
    {
        var places = ImmutableArray.CreateBuilder<Place>();
        foreach (var (member, code) in Bodies.Of(guard).In(body.Tree, body.Span))
        {
            if (code is null) continue;
            var graph = new LazyGraph(code);
            foreach (var operation in code.DescendantsAndSelf())
            {
                if (IndirectCall.Of(operation, member, graph.Create, guard) is { IsOnce: false, Path.Cause: { } cause } call)
                    places.Add(new Place(cause.Place, call.Call.Place.GetLocation()));
            }
        }

        return places.ToImmutable();
    }

    private static Dictionary<BodyNames, int> NumbersOf(NameGraph graph)
    {
        var numbers = new Dictionary<BodyNames, int>(graph.Bodies.Count);
        for (var i = 0; i < graph.Bodies.Count; i++) numbers[graph.Bodies[i]] = i;
        return numbers;
    }

    private readonly struct Place(SyntaxNode cause, Location location)
    {
        public SyntaxNode Cause { get; } = cause;

        public Location Location { get; } = location;
    }
}
