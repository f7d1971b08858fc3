using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>What the body of a member does on the thread of its caller: what takes long by itself, and what it calls.</summary>
internal sealed class CpuBody
{
    private static readonly CpuBody Empty = new();

    private readonly List<IOperation> _operations = new();
    private readonly List<BodyCall> _calls = new();
    private BodyCall? _certain;
    private BodyCall? _uncertain;

    private CpuBody()
    {
    }

    public IReadOnlyList<IOperation> Operations => _operations;

    public IReadOnlyList<BodyCall> Calls => _calls;

    /// <summary>Reads the body; that of an async function, or of what is marked not to hold its thread, says nothing.</summary>
    public static CpuBody Read(ISymbol member, GuardContext guard)
    {
        if (!guard.IsOurs(member) || !CpuIndex.Of(guard).Leads(member) || BlockingMarks.Of(guard).IsNonBlocking(member)) return Empty;
        if (member is IMethodSymbol method && CodeContext.IsAsyncFunction(method, guard)) return Empty;
        if (guard.Apis.EntryOf(member) is { } entry && entry.Has(ApiTraits.Completes | ApiTraits.Offloads) || guard.Apis.IsSilenced(member))
            return Empty;

        var body = new CpuBody();
        foreach (var operation in Bodies.Of(guard).OperationsOf(member))
        {
            body._operations.Add(operation);
            body.Walk(operation, operation, member, guard);
            if (member is IMethodSymbol own && CpuHotspot.OfMember(own, operation) is { } recursion) body.Add(recursion);
        }

        if (member is not INamedTypeSymbol) body._calls.RemoveAll(static call => call.InitializedType is not null);
        if (member is IMethodSymbol { DeclaringSyntaxReferences: { Length: > 0 } declarations } constructor
            && Bodies.ImplicitBase(constructor) is { } @base)
            body._calls.Add(new BodyCall(MemberNames.Short(@base), declarations[0].GetSyntax(), ImmutableArray.Create<ISymbol>(@base)));
        return body;
    }

    /// <summary>What takes long by itself, surely or where there is much data.</summary>
    public BodyCall? LeafOf(bool isCertain) => isCertain ? _certain : _uncertain;

    private void Walk(IOperation operation, IOperation body, ISymbol member, GuardContext guard)
    {
        if (operation is INameOfOperation || (operation is ILocalFunctionOperation && operation != body)) return;
        // if (broken) throw Failure(): what throwing costs is not what the call costs
        if (operation is IThrowOperation) return;
        // Debug.Assert(IsSorted(rows)): not in what is shipped
        if (operation is IInvocationOperation { TargetMethod.IsConditional: true }) return;
        if (operation is IAnonymousFunctionOperation lambda && operation != body && !RunsHere(lambda, guard)) return;

        // A loop is weighed when all that it calls is known.
        if (operation is not ILoopOperation && CpuHotspot.Of(operation, member, guard) is { } leaf) Add(leaf);
        if (CpuWork.Of(guard).Called.IsWorthFollowing(operation, member))
            CpuWork.Of(guard).Called.Collect(operation, member, graphOfMember: null, _calls);
        foreach (var child in operation.ChildOperations) Walk(child, body, member, guard);
    }

    /// <summary>Weighs the loops of the body.</summary>
    public void AddLoops(ISymbol member, GuardContext guard)
    {
        foreach (var operation in _operations) AddLoops(operation, member, guard);
    }

    private void AddLoops(IOperation operation, ISymbol member, GuardContext guard)
    {
        if (operation is ILocalFunctionOperation or IAnonymousFunctionOperation && !_operations.Contains(operation)
            && !(operation is IAnonymousFunctionOperation lambda && RunsHere(lambda, guard)))
            return;
        if (operation is ILoopOperation && CpuHotspot.Of(operation, member, guard) is { } leaf)
        {
            Add(leaf);
            return;
        }

        foreach (var child in operation.ChildOperations) AddLoops(child, member, guard);
    }

    private void Add(CpuHotspot leaf)
    {
        var call = new BodyCall(leaf.PathName, leaf.Operation.Syntax, ImmutableArray<ISymbol>.Empty);
        if (leaf.IsCertain) _certain ??= call;
        else _uncertain ??= call;
    }

    private static bool RunsHere(IAnonymousFunctionOperation lambda, GuardContext guard) =>
        !CodeContext.IsAsyncFunction(lambda.Symbol, guard) && DelegateUse.Of(lambda, guard).Kind == DelegateUseKind.InPlace;
}
