using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// The calls of a body that may block; only the first that blocks by itself, where there is one. With constants, those that they do not
/// exclude.
/// </summary>
internal sealed class BlockingBody : MemberBody
{
    private static readonly BlockingBody Empty = new(given: null);

    private readonly GivenConstants? _given;
    private ExcludedCode? _excluded;

    private BlockingBody(GivenConstants? given) => _given = given;

    /// <summary>The body as callers meet it, or an empty one where it does not count for them.</summary>
    public static BlockingBody Of(ISymbol member, GuardContext guard) =>
        CountsForCallers(member, BlockingIndex.Of(guard), guard) ? Read(member, given: null, guard) : Empty;

    /// <summary>The body where it is called with the constants.</summary>
    public static BlockingBody Read(ISymbol member, GivenConstants? given, GuardContext guard)
    {
        var body = new BlockingBody(given);
        body.Read(member, CalledMembers.OfBlocking(guard), guard);
        return body;
    }

    protected override BodyStep Visit(IOperation operation, LazyGraph graph, ISymbol member, GuardContext guard)
    {
        if (BlockingLeaf.NameOf(operation, graph.Create, guard) is not { } name || IsExcluded(operation, member, guard))
            return BodyStep.Inside;

        // Thread.Sleep(5000); Environment.Exit(1);
        if (NoReturn.IsLastBeforeExit(operation, guard)) return BodyStep.Behind;
        var leaf = new BodyCall(name, operation.Syntax, ImmutableArray<ISymbol>.Empty);
        if (OnceOnly.Is(operation))
        {
            Found.Add(leaf.AsOnce());
            return BodyStep.Behind;
        }

        Found.Clear();
        Found.Add(leaf);
        return BodyStep.Stop;
    }

    protected override void Collect(IOperation operation, LazyGraph graph, ISymbol member, CalledMembers called, GuardContext guard)
    {
        var before = Found.Count;
        called.Collect(operation, member, graph.Create, Found);
        if (Found.Count == before) return;
        if (IsExcluded(operation, member, guard) || NoReturn.IsLastBeforeExit(operation, guard))
            Found.RemoveRange(before, Found.Count - before);
        if (!OnceOnly.Is(operation)) return;
        for (var i = before; i < Found.Count; i++) Found[i] = Found[i].AsOnce();
    }

    // By what the call gives, or by what always holds
    private bool IsExcluded(IOperation operation, ISymbol member, GuardContext guard) =>
        (_excluded ??= new ExcludedCode(_given ?? new GivenConstants(member), guard)).Contains(operation);

    // IEnumerable<Row> Fresh() => Rows().Where(r => r.IsFresh);
    protected override void AddReturned(ISymbol member, GuardContext guard)
    {
        if (member is not IMethodSymbol method || !HandedSequences.Of(guard).IsHandedOut(method)) return;
        foreach (var body in Operations)
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is IReturnOperation { ReturnedValue: { } sequence })
                    CalledMembers.OfBlocking(guard).CollectEnumerated(sequence, Found);
            }
        }
    }
}
