using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Effects.Solving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>What the body of a member costs the processor: what takes long by itself, and what it calls.</summary>
internal sealed class CpuBody : MemberBody
{
    private static readonly CpuBody Empty = new();

    private BodyCall? _certain;
    private BodyCall? _uncertain;

    private CpuBody()
    {
    }

    /// <summary>The body as callers meet it, or an empty one where it does not count for them.</summary>
    public static CpuBody Of(ISymbol member, GuardContext guard)
    {
        if (!CountsForCallers(member, CpuIndex.Of(guard), guard)) return Empty;
        var body = new CpuBody();
        body.Read(member, CpuWork.Of(guard).Called, guard);
        if (member is not IMethodSymbol method) return body;
        foreach (var operation in body.Operations)
        {
            if (CpuHotspot.OfMember(method, operation) is { } recursion) body.Add(recursion);
        }

        return body;
    }

    /// <summary>What takes long by itself, surely or where there is much data.</summary>
    public BodyCall? LeafOf(bool isCertain) => isCertain ? _certain : _uncertain;

    /// <summary>What the code weighs, when all that it calls is known.</summary>
    public CpuCost CostOf(ISymbol member, GuardContext guard)
    {
        var cost = default(CpuCost);
        foreach (var operation in Operations) cost += CostModel.Of(operation, member, guard);
        return cost;
    }

    /// <summary>Weighs the loops of the body, when all that they call is known.</summary>
    public void AddLoops(ISymbol member, GuardContext guard)
    {
        foreach (var operation in Operations) AddLoops(operation, operation, member, guard);
    }

    protected override BodyStep Visit(IOperation operation, LazyGraph graph, ISymbol member, GuardContext guard)
    {
        if (operation is not ILoopOperation && CpuHotspot.Of(operation, member, guard) is { } leaf) Add(leaf);
        return BodyStep.Inside;
    }

    protected override void Collect(IOperation operation, LazyGraph graph, ISymbol member, CalledMembers called, GuardContext guard)
    {
        var before = Found.Count;
        called.Collect(operation, member, graphOfMember: null, Found);
        if (Found.Count == before || !OnceOnly.Is(operation)) return;
        for (var i = before; i < Found.Count; i++) Found[i] = Found[i].AsOnce();
    }

    private void AddLoops(IOperation operation, IOperation body, ISymbol member, GuardContext guard)
    {
        if (!RunsHere(operation, body, guard)) return;
        if (operation is ILoopOperation && CpuHotspot.Of(operation, member, guard) is { } leaf)
        {
            Add(leaf);
            return;
        }

        foreach (var child in operation.ChildOperations) AddLoops(child, body, member, guard);
    }

    private void Add(CpuHotspot leaf)
    {
        var call = new BodyCall(leaf.PathName, leaf.Operation.Syntax, ImmutableArray<ISymbol>.Empty);
        if (OnceOnly.Is(leaf.Operation)) call = call.AsOnce();
        if (leaf.IsCertain) _certain = FirstOf(_certain, call);
        else _uncertain = FirstOf(_uncertain, call);
    }

    // What happens each time goes before what happens once.
    private static BodyCall FirstOf(BodyCall? known, BodyCall call) =>
        known is null || (known.IsOnce && !call.IsOnce) ? call : known;
}
