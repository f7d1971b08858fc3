using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Reads what the body of a member calls while it runs on the thread of its caller, in the order of the source.</summary>
internal sealed class BodyReader(GuardContext guard)
{
    /// <summary>
    /// The calls that may block; only the first that blocks by itself, where there is one. With constants, those that they do not exclude.
    /// </summary>
    public IReadOnlyList<BodyCall> Read(ISymbol member, GivenConstants? given = null)
    {
        var calls = new List<BodyCall>();
        foreach (var body in Bodies.Of(guard).OperationsOf(member))
        {
            if (Walk(body, new LazyGraph(body), member, given, calls) is { } leaf) return [leaf];
        }

        if (member is IMethodSymbol method && HandedSequences.Of(guard).IsHandedOut(method)) CollectHandedOut(method, calls);
        if (member is IMethodSymbol constructor && Bodies.ImplicitBase(constructor) is { } @base)
            calls.Add(new BodyCall(MemberNames.Short(@base),
                constructor.DeclaringSyntaxReferences.IsEmpty ? TypeOf(constructor) : constructor.DeclaringSyntaxReferences[0].GetSyntax(),
                    ImmutableArray.Create<ISymbol>(@base)));

        // What a type does at its first touch counts where async code touches it, or another type that starts: further away it has long
        // been done.
        if (member is not INamedTypeSymbol) calls.RemoveAll(static call => call.InitializedType is not null);
        return calls;
    }

    // IEnumerable<Row> Fresh() => Rows().Where(r => r.IsFresh);
    private void CollectHandedOut(IMethodSymbol method, List<BodyCall> calls)
    {
        foreach (var body in Bodies.Of(guard).OperationsOf(method))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is IReturnOperation { ReturnedValue: { } sequence })
                    CalledMembers.OfBlocking(guard).CollectEnumerated(sequence, calls);
            }
        }
    }

    private static SyntaxNode TypeOf(IMethodSymbol constructor) => constructor.ContainingType.DeclaringSyntaxReferences[0].GetSyntax();

    private BodyCall? Walk(IOperation operation, LazyGraph graph, ISymbol member, GivenConstants? given, List<BodyCall> calls)
    {
        if (operation is INameOfOperation or ILocalFunctionOperation && operation != graph.Body) return null;
        // if (broken) throw Failure(): what throwing costs is not what the call costs
        if (operation is IThrowOperation) return null;
        // Debug.Assert(IsSorted(rows)): not in what is shipped
        if (operation is IInvocationOperation { TargetMethod.IsConditional: true }) return null;
        if (operation is IAnonymousFunctionOperation lambda && operation != graph.Body && !RunsHere(lambda)) return null;

        if (BlockingLeaf.NameOf(operation, graph.Create, guard) is { } name && given?.Exclude(operation) != true)
        {
            // Thread.Sleep(5000); Environment.Exit(1);
            if (NoReturn.IsLastBeforeExit(operation, guard)) return null;
            var leaf = new BodyCall(name, operation.Syntax, ImmutableArray<ISymbol>.Empty);
            if (!OnceOnly.Is(operation)) return leaf;
            calls.Add(leaf.AsOnce());
            return null;
        }

        if (CalledMembers.OfBlocking(guard).IsWorthFollowing(operation, member)) Collect(operation, graph, member, given, calls);
        foreach (var child in operation.ChildOperations)
        {
            if (Walk(child, graph, member, given, calls) is { } leaf) return leaf;
        }

        return null;
    }

    private void Collect(IOperation operation, LazyGraph graph, ISymbol member, GivenConstants? given, List<BodyCall> calls)
    {
        var before = calls.Count;
        CalledMembers.OfBlocking(guard).Collect(operation, member, graph.Create, calls);
        if (calls.Count == before) return;
        if (given?.Exclude(operation) == true || NoReturn.IsLastBeforeExit(operation, guard))
            calls.RemoveRange(before, calls.Count - before);
        if (!OnceOnly.Is(operation)) return;
        for (var i = before; i < calls.Count; i++) calls[i] = calls[i].AsOnce();
    }

    private bool RunsHere(IAnonymousFunctionOperation lambda) =>
        !CodeContext.IsAsyncFunction(lambda.Symbol, guard) && DelegateUse.Of(lambda, guard).Kind == DelegateUseKind.InPlace;
}
