using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// A semaphore of one permit that is used as <c>lock</c> is: synchronous methods of one type take it and give it back, and no method keeps
/// it over an <c>await</c>.
/// </summary>
internal static class SemaphoreLock
{
    /// <summary>
    /// <code>private readonly SemaphoreSlim _gate = new(1, 1); // or a property without a setter
    /// void Add(int n) { _gate.Wait(); try { _sum += n; } finally { _gate.Release(); } }</code>
    /// </summary>
    public static bool IsTaken(IInvocationOperation wait, GuardContext guard)
    {
        if (!Takes(wait, guard)
            || HolderOf(wait.Instance) is not { DeclaredAccessibility: Accessibility.Private } holder
            || !HasOnePermit(InitialValue.Of(wait.Instance, guard)))
            return false;
        foreach (var use in NamedUses.Of(holder, wait, guard))
        {
            if (!IsAsOfLock(use, holder, guard)) return false;
        }

        return true;
    }

    // _gate, Gate { get; } = new(1, 1)
    private static ISymbol? HolderOf(IOperation? semaphore) => Unwrapped.ConversionsOrNull(semaphore) switch
    {
        IFieldReferenceOperation { Field: var field } => field,
        IPropertyReferenceOperation { Property: { SetMethod: null, IsIndexer: false } property } => property,
        _ => null,
    };

    // new SemaphoreSlim(1), new SemaphoreSlim(1, 1)
    private static bool HasOnePermit(IOperation? made)
    {
        if (made is not IObjectCreationOperation { Arguments: { Length: > 0 } arguments }) return false;
        foreach (var argument in arguments)
        {
            if (argument.Value.ConstantValue is not { HasValue: true, Value: 1 }) return false;
        }

        return true;
    }

    private static bool IsAsOfLock(IOperation use, ISymbol holder, GuardContext guard)
    {
        if (use.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, use)) return true;

        // if (_gate.CurrentCount == 0) _gate.Release();
        if (use.Parent is IPropertyReferenceOperation asked && ThreadingMembers.FreePermits.IsUse(asked)) return true;
        if (use.Parent is not IInvocationOperation call || !ReferenceEquals(call.Instance, use)) return false;
        if (guard.Apis.Has(call.TargetMethod, ApiTraits.GivesPermit) || call.TargetMethod.Name == WellKnownMember.Dispose) return true;
        return Takes(call, guard) && IsGivenBack(call, holder, guard);
    }

    // A wait for a permit that another method gives is no lock. A function that returns a task has to give it back in a finally: it does
    // not wait for the task then.
    private static bool IsGivenBack(IInvocationOperation wait, ISymbol holder, GuardContext guard)
    {
        if (wait.SemanticModel?.GetEnclosingSymbol(wait.Syntax.SpanStart) is not IMethodSymbol { IsAsync: false } function) return false;
        var returnsTask = guard.Awaitables.IsAwaitable(function.ReturnType);
        foreach (var operation in FlowGraphs.RootOf(wait).Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod: var method, Instance: { } given }
                && SymbolEqualityComparer.Default.Equals(HolderOf(given), holder) && guard.Apis.Has(method, ApiTraits.GivesPermit)
                && (!returnsTask || IsInFinally(operation)))
                return true;
        }

        return false;
    }

    private static bool IsInFinally(IOperation operation)
    {
        var child = operation;
        for (var parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is ITryOperation { Finally: { } last } && ReferenceEquals(last, child)) return true;
        }

        return false;
    }

    private static bool Takes(IInvocationOperation call, GuardContext guard) =>
        guard.Apis.Find(call.TargetMethod, ApiTraits.Blocks, out var api) && api.Has(ApiTraits.TakesPermit);
}
