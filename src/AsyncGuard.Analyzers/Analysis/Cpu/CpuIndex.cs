using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>
/// Which members may hold the processor for long: by heavy APIs, regular expressions that backtrack, loops and recursion. The text names
/// the few bodies that may;
/// those are bound, and where they do, the bodies that mention them are, and so on up, as far as async code may run them. Most projects
/// have none, so that nothing else has to be bound.
/// </summary>
internal sealed class CpuIndex : CallIndex
{
    /// <summary>The passes that make a loop worth to be weighed.</summary>
    private const double Many = 100;

    // It is seldom long work that these do.
    private static readonly HashSet<string> Everywhere = new()
    {
        CallNames.Operator, CallNames.Equality, CallNames.Conversion, CallNames.Creation, CallNames.Indexer,
        WellKnownMember.GetEnumerator, WellKnownMember.MoveNext, WellKnownMember.Current, WellKnownMember.Dispose, nameof(ToString),
        nameof(Equals), nameof(GetHashCode), WellKnownMember.CompareTo,
    };

    private static readonly Engine<CpuIndex> Engine = new(static guard => new CpuIndex(NameGraph.Of(guard), guard));

    private readonly GuardContext _guard;
    private readonly CalledMembers _called;
    private readonly HashSet<BodyNames> _found = new();
    private readonly List<BodyCall> _calls = new();
    private readonly BlockingClosure _closure;

    public CpuIndex(NameGraph graph, GuardContext guard)
        : base(graph)
    {
        _guard = guard;
        _called = new CalledMembers(guard, new CpuQuestion(guard, () => this));
        _closure = new BlockingClosure(graph, Names, hasForeignNames: false);
        var bodies = new CandidateBodies(graph, guard);
        bodies.Add(ApiTraits.Cpu);
        bodies.Add(CallNames.Work);
        AddPatterns(bodies.Found);
        Search(bodies.Found);
    }

    /// <summary>How many bodies were bound.</summary>
    public int BodiesRead { get; private set; }

    public static CpuIndex Of(GuardContext guard) => Engine.Of(guard);

    protected override bool Leads(BodyNames body) => _found.Contains(body);

    // They are at hand with the code that calls them.
    protected override bool HoldsInside(IMethodSymbol function) => true;

    private void AddPatterns(HashSet<int> found)
    {
        var naming = new CandidateBodies(Graph, _guard);
        naming.Add(nameof(Regex));
        naming.Add(CallNames.ConstructorOf(nameof(Regex)));
        foreach (var place in naming.Found)
        {
            if (!found.Contains(place) && PatternSyntax.MayBacktrack(Graph.Bodies[place])) found.Add(place);
        }
    }

    private void Search(HashSet<int> bodies)
    {
        for (var open = bodies; open.Count > 0;)
        {
            var callers = new HashSet<int>();
            open.RemoveWhere(place => _found.Contains(Graph.Bodies[place]) || Graph.Bodies[place].IsAsync);
            foreach (var place in AsyncBodies.Of(_guard).Reached(open, Graph))
            {
                var body = Graph.Bodies[place];
                if (IsWork(body)) Add(body, callers);
            }

            open = callers;
        }
    }

    private void Add(BodyNames body, HashSet<int> callers)
    {
        _found.Add(body);
        foreach (var name in body.Declared)
        {
            Names.Add(name);
            if (Everywhere.Contains(name)) continue;
            _closure.AddCallers(body, name, callers);
        }
    }

    private bool IsWork(BodyNames body)
    {
        BodiesRead++;
        foreach (var (member, code) in Bodies.Of(_guard).In(body.Tree, body.Span))
        {
            if (BacktrackingCall.IsGenerated(member, _guard)) return true;
            if (code is null) continue;
            if (member is IMethodSymbol method)
            {
                if (CodeContext.IsAsyncFunction(method, _guard)) continue;
                if (SelfCalls.Of(method, code) is not null) return true;
            }

            if (IsWork(code, member)) return true;
        }

        return false;
    }

    private bool IsWork(IOperation code, ISymbol? member)
    {
        switch (code)
        {
            // What throwing costs is not what the call costs.
            case INameOfOperation or IThrowOperation:
            case ILocalFunctionOperation asynchronous when CodeContext.IsAsyncFunction(asynchronous.Symbol, _guard):
            case IAnonymousFunctionOperation lambda
                when CodeContext.IsAsyncFunction(lambda.Symbol, _guard) || DelegateUse.Of(lambda, _guard).Kind == DelegateUseKind.Offloaded:
                return false;
            case ILocalFunctionOperation local when SelfCalls.Of(local.Symbol, local) is not null:
            case ILoopOperation loop when PassesOf(loop) >= Many || NestedDataLoops.Is(loop, _guard):
            case IObjectCreationOperation creation when BacktrackingCall.IsPattern(creation, _guard):
                return true;
        }

        if (CpuHotspot.OfApi(code, _guard) is not null || CallsWork(code, member)) return true;
        foreach (var child in code.ChildOperations)
        {
            if (IsWork(child, member)) return true;
        }

        return false;
    }

    // Loops inside each other multiply.
    private double PassesOf(ILoopOperation loop)
    {
        var passes = 1.0;
        for (IOperation? around = loop; around is not null; around = around.Parent)
        {
            if (around is ILoopOperation outer) passes *= Math.Max(1, LoopCount.Of(outer, _guard) ?? 1);
        }

        return passes;
    }

    private bool CallsWork(IOperation operation, ISymbol? member)
    {
        if (!_called.IsWorthFollowing(operation, member)) return false;
        _calls.Clear();
        _called.Collect(operation, member, graphOfMember: null, _calls);
        foreach (var call in _calls)
        {
            if (AreFound(call)) return true;
        }

        return false;
    }

    // Whichever of them answers.
    private bool AreFound(BodyCall call)
    {
        foreach (var target in call.Targets)
        {
            if (!IsFound(target)) return false;
        }

        return true;
    }

    private bool IsFound(ISymbol target) =>
        target is IMethodSymbol
        {
            MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction,
            DeclaringSyntaxReferences: { Length: > 0 } declarations
        }
        ? BodyAround(declarations[0]) is { } body && Leads(body)
        : Leads(target);
}
