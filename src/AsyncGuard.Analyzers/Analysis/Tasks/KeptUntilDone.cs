using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// A continuation that does nothing but take its task out of the collection of those that run:
/// <c>task.ContinueWith(_ => running.TryRemove(task, out var _));</c>
/// </summary>
internal static class KeptUntilDone
{
    /// <summary>Whether the call is one, on a task that other code holds.</summary>
    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted) || call.Instance is not { } task || AccessPath.Of(task) is null)
            return false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate) return OnlyRemoves(Unwrapped.Delegate(argument.Value), guard);
        }

        return false;
    }

    private static bool OnlyRemoves(IOperation continuation, GuardContext guard)
    {
        if (continuation is not IAnonymousFunctionOperation { Symbol.IsAsync: false, Body.Operations: { Length: > 0 } body }) return false;
        var value = body[0] switch
        {
            IReturnOperation { ReturnedValue: { } returned } => returned,
            IExpressionStatementOperation { Operation: var statement } => statement,
            _ => null,
        };
        if (value is ISimpleAssignmentOperation { Target: IDiscardOperation, Value: var discarded }) value = discarded;
        if (body.Length > 1 && body[1] is not IReturnOperation { ReturnedValue: null }) return false;
        return Unwrapped.ConversionsOrNull(value) is IInvocationOperation removal
            && CollectionNames.Removes(removal.TargetMethod.Name)
            && removal.Instance?.Type is { } collection && guard.Apis.TypeHas(collection, ApiTraits.SharedState)
            && AccessPath.Of(removal.Instance) is not null;
    }
}
