using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// The code of a member that runs on the thread of its caller, read once in the order of the source: what it calls, and what a derived
/// class looks for in it.
/// </summary>
internal abstract class MemberBody
{
    private readonly List<IOperation> _operations = new();

    /// <summary>What it calls, in the order of the source.</summary>
    public IReadOnlyList<BodyCall> Calls => Found;

    /// <summary>The bodies: one, or several for a type, which stands for its static initializers.</summary>
    protected IReadOnlyList<IOperation> Operations => _operations;

    protected List<BodyCall> Found { get; } = new();

    /// <summary>
    /// Whether the body counts for callers: that of an async function, or of what is marked or known not to hold its thread, says nothing.
    /// </summary>
    protected static bool CountsForCallers(ISymbol member, CallIndex index, GuardContext guard)
    {
        if (!guard.IsOurs(member) || !index.Contains(member) || !index.Leads(member) || BlockingMarks.Of(guard).IsNonBlocking(member))
            return false;
        if (member is IMethodSymbol method && CodeContext.IsAsyncFunction(method, guard)) return false;
        return guard.Apis.EntryOf(member)?.Has(ApiTraits.Completes | ApiTraits.Offloads) != true && !guard.Apis.IsSilenced(member);
    }

    protected void Read(ISymbol member, CalledMembers called, GuardContext guard)
    {
        foreach (var body in Bodies.Of(guard).OperationsOf(member))
        {
            _operations.Add(body);
            if (!Walk(body, new LazyGraph(body), member, called, guard)) return;
        }

        AddReturned(member, guard);
        if (member is IMethodSymbol constructor && Bodies.ImplicitBase(constructor) is { } @base)
        {
            var declarations = constructor.DeclaringSyntaxReferences.IsEmpty
                ? constructor.ContainingType.DeclaringSyntaxReferences : constructor.DeclaringSyntaxReferences;
            Found.Add(new BodyCall(MemberNames.Short(@base), declarations[0].GetSyntax(), ImmutableArray.Create<ISymbol>(@base)));
        }

        // What a type does at its first touch counts where async code touches it, or another type that starts: further away it has long
        // been done.
        if (member is not INamedTypeSymbol) Found.RemoveAll(static call => call.InitializedType is not null);
    }

    /// <summary>Looks at an operation before what is inside it.</summary>
    protected abstract BodyStep Visit(IOperation operation, LazyGraph graph, ISymbol member, GuardContext guard);

    /// <summary>Adds what an operation calls.</summary>
    protected abstract void Collect(IOperation operation, LazyGraph graph, ISymbol member, CalledMembers called, GuardContext guard);

    /// <summary>Adds what callers run by means of the result.</summary>
    protected virtual void AddReturned(ISymbol member, GuardContext guard)
    {
    }

    /// <summary>Whether the operation runs where the body does, and costs what a call of the member costs.</summary>
    protected static bool RunsHere(IOperation operation, IOperation body, GuardContext guard) => operation switch
    {
        INameOfOperation => false,
        ILocalFunctionOperation => operation == body,
        // if (broken) throw Failure(): what throwing costs is not what the call costs
        IThrowOperation => false,
        // Debug.Assert(IsSorted(rows)): not in what is shipped
        IInvocationOperation { TargetMethod.IsConditional: true } => false,
        IAnonymousFunctionOperation lambda => operation == body
            || (!CodeContext.IsAsyncFunction(lambda.Symbol, guard) && DelegateUse.Of(lambda, guard).Kind == DelegateUseKind.InPlace),
        _ => true,
    };

    private bool Walk(IOperation operation, LazyGraph graph, ISymbol member, CalledMembers called, GuardContext guard)
    {
        if (!RunsHere(operation, graph.Body, guard)) return true;
        switch (Visit(operation, graph, member, guard))
        {
            case BodyStep.Stop:
                return false;
            case BodyStep.Behind:
                return true;
        }

        if (called.IsWorthFollowing(operation, member)) Collect(operation, graph, member, called, guard);
        foreach (var child in operation.ChildOperations)
        {
            if (!Walk(child, graph, member, called, guard)) return false;
        }

        return true;
    }
}
