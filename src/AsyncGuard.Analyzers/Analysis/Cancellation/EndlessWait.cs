using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>Waits that only other code can end: for a lock, for a message, for a signal, for ever.</summary>
internal static class EndlessWait
{
    /// <summary>Whether the call is one that takes a token, and the function waits for it where it stands.</summary>
    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        if (!guard.Apis.Find(call.TargetMethod, ApiTraits.Endless | ApiTraits.Passes, out var entry)) return false;
        var isInfinite = InfiniteTimeout.IsIn(call.Arguments);
        return (entry.Has(ApiTraits.Endless) ? isInfinite != false : isInfinite == true) && IsWaitedFor(call);
    }

    /// <summary>The source whose task is awaited as it is: <c>await _ready.Task</c>; null where something else is.</summary>
    public static IOperation? SourceOf(IOperation awaited, GuardContext guard) =>
        awaited is IPropertyReferenceOperation { Property: var property, Instance: { } source }
        && TaskMembers.SourceTask.Is(property) ? source : null;

    // await call, await call.ConfigureAwait(false), return call;
    private static bool IsWaitedFor(IOperation call)
    {
        return Unwrapped.ConversionsAround(call).Parent is IReturnOperation { Kind: OperationKind.Return }
            || Unwrapped.AwaitAround(call) is not null;
    }
}
