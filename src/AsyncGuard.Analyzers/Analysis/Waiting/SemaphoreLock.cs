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
    /// <code>private readonly SemaphoreSlim _gate = new(1, 1);
    /// void Add(int n) { _gate.Wait(); try { _sum += n; } finally { _gate.Release(); } }</code>
    /// </summary>
    public static bool IsTaken(IInvocationOperation wait, GuardContext guard)
    {
        if (!Takes(wait, guard)
            || Unwrapped.ConversionsOrNull(wait.Instance) is not IFieldReferenceOperation
            {
                Field: { DeclaredAccessibility: Accessibility.Private } field
            } reference
            || !HasOnePermit(InitialValue.Of(reference, guard)))
            return false;
        foreach (var use in NamedUses.Of(field, wait, guard))
        {
            if (!IsAsOfLock(use, field, guard)) return false;
        }

        return true;
    }

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

    private static bool IsAsOfLock(IOperation use, IFieldSymbol field, GuardContext guard)
    {
        if (use.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, use)) return true;
        if (use.Parent is not IInvocationOperation call || !ReferenceEquals(call.Instance, use)) return false;
        if (guard.Apis.Has(call.TargetMethod, ApiTraits.GivesPermit) || call.TargetMethod.Name == WellKnownMember.Dispose) return true;
        return Takes(call, guard) && IsGivenBack(call, field, guard);
    }

    // A wait for a permit that another method gives is no lock.
    private static bool IsGivenBack(IInvocationOperation wait, IFieldSymbol field, GuardContext guard)
    {
        if (wait.SemanticModel?.GetEnclosingSymbol(wait.Syntax.SpanStart) is not IMethodSymbol { IsAsync: false } function
            || guard.Awaitables.IsAwaitable(function.ReturnType))
            return false;
        foreach (var operation in FlowGraphs.RootOf(wait).Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod: var method, Instance: IFieldReferenceOperation { Field: var given } }
                && SymbolEqualityComparer.Default.Equals(given, field) && guard.Apis.Has(method, ApiTraits.GivesPermit))
                return true;
        }

        return false;
    }

    private static bool Takes(IInvocationOperation call, GuardContext guard) =>
        guard.Apis.Find(call.TargetMethod, ApiTraits.Blocks, out var api) && api.Has(ApiTraits.TakesPermit);
}
