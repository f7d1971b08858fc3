using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>
/// Which members may hold the processor for long. The text tells the few bodies worth to be looked at; what is found in them is looked for in the bodies that
/// mention them, and so on up. Most projects have none, so that nothing else has to be read.
/// </summary>
internal sealed class WorkIndex : CallIndex
{
    /// <summary>The passes that make a loop worth to be weighed.</summary>
    private const double Many = 100;

    /// <summary>What nearly every body mentions, or calls without a word. It is seldom long work, so that whoever mentions it is not taken for a caller.</summary>
    private static readonly HashSet<string> Everywhere = new()
    {
        CallNames.Operator, CallNames.Equality, CallNames.Conversion, CallNames.Creation, CallNames.Indexer,
        "GetEnumerator", "MoveNext", "Current", WellKnownMember.Dispose, "ToString", "Equals", "GetHashCode", "CompareTo",
    };

    private readonly GuardContext _guard;
    private readonly CalledMembers _called;
    private readonly HashSet<BodyNames> _found = new();
    private readonly List<BodyCall> _calls = new();

    public WorkIndex(NameGraph graph, GuardContext guard)
        : base(graph)
    {
        _guard = guard;
        _called = new CalledMembers(guard, () => this, isOfBlocking: false);
        for (var open = Seeds(); open.Count > 0;)
        {
            var callers = new HashSet<BodyNames>();
            foreach (var body in open)
            {
                if (IsWork(body)) Add(body, callers);
            }

            callers.ExceptWith(_found);
            open = callers;
        }
    }

    /// <summary>How many bodies were looked at.</summary>
    public int BodiesRead { get; private set; }

    protected override bool Leads(BodyNames body) => _found.Contains(body);

    // They are at hand with the code that calls them.
    protected override bool HoldsInside(IMethodSymbol function) => true;

    private HashSet<BodyNames> Seeds()
    {
        var seeds = new HashSet<BodyNames>();
        foreach (var pair in Graph.Callers)
        {
            if (pair.Key is CallNames.Work or nameof(Regex) || pair.Key == CallNames.ConstructorOf(nameof(Regex)) || _guard.Apis.CanMean(pair.Key, ApiTraits.Cpu, _guard.Types, Graph.Mentions)) seeds.UnionWith(pair.Value);
        }

        return seeds;
    }

    private void Add(BodyNames body, HashSet<BodyNames> callers)
    {
        _found.Add(body);
        foreach (var name in body.Declared)
        {
            Names.Add(name);
            if (!Everywhere.Contains(name) && Graph.Callers.TryGetValue(name, out var mentioned)) callers.UnionWith(mentioned);
        }
    }

    private bool IsWork(BodyNames body)
    {
        BodiesRead++;
        foreach (var (member, code) in _guard.Effects.Bodies.In(body))
        {
            if (BacktrackingCall.IsGenerated(member, _guard)) return true;
            if (code is null) continue;
            if (member is IMethodSymbol method)
            {
                if (CodeContext.IsAsyncFunction(method, _guard)) continue;
                if (SelfCalls.Of(method, code) is not null) return true;
            }

            if (IsWork(code, member, passes: 1)) return true;
        }

        return false;
    }

    private bool IsWork(IOperation code, ISymbol? member, double passes)
    {
        switch (code)
        {
            case INameOfOperation or IThrowOperation:
                return false;
            case ILocalFunctionOperation local when SelfCalls.Of(local.Symbol, local) is not null:
                return true;
            case ILoopOperation loop:
                passes *= Math.Max(1, LoopCount.Of(loop, _guard) ?? 1);
                if (passes >= Many || DataNest.Is(loop, _guard)) return true;
                break;
            case IObjectCreationOperation creation when BacktrackingCall.IsPattern(creation, _guard):
                return true;
        }

        if (CpuLeaf.OfApi(code, _guard) is not null || CallsWork(code, member)) return true;
        foreach (var child in code.ChildOperations)
        {
            if (IsWork(child, member, passes)) return true;
        }

        return false;
    }

    private bool CallsWork(IOperation operation, ISymbol? member)
    {
        if (!_called.MayBlock(operation, member)) return false;
        _calls.Clear();
        _called.Collect(operation, member, graphOfMember: null, _calls);
        foreach (var call in _calls)
        {
            foreach (var target in call.Targets)
            {
                if (IsFound(target)) return true;
            }
        }

        return false;
    }

    private bool IsFound(ISymbol target) => target is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction, DeclaringSyntaxReferences: { Length: > 0 } declarations }
        ? BodyAround(declarations[0]) is { } body && Leads(body)
        : Leads(target);
}
