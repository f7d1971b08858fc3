using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>A synchronous call in async code that has an awaitable counterpart worth awaiting.</summary>
internal static class ReplaceableCall
{
    public static bool Is(IInvocationOperation call, ISymbol? member, GuardContext guard, out Counterpart counterpart,
        out CodeContext place)
    {
        counterpart = null!;
        place = default;
        if (!CodeContext.MayBeAsync(call, member, guard) || !AwaitableCounterparts.Of(guard).MayHave(call)) return false;

        place = CodeContext.Of(call, member, guard);
        if (!place.IsAsync) return false;
        if (AwaitableCounterparts.Of(guard).Find(call) is not { } found || GivesTheTask(call, guard)) return false;
        if (ZeroTimeout.IsGivenTo(call, guard) || FireAndForget.IsAskedOf(call) || BlockingFlag.IsOff(call, guard)
            || InMemory.Serves(call, guard) || ProcessExit.IsKnown(call, guard) || BufferedResponse.IsRead(call, guard)
            || NewEntry.IsOpened(call, guard) || HandedStream.Serves(call, guard) || KnownReady.Is(call, guard))
            return false;
        if (SynchronousMode.Is(call, found.Name) || PairOfCalls.Is(call, found.Name, guard)) return false;

        counterpart = found;
        return true;
    }

    // await (Task)executor.Execute(target, arguments): what the call gives is the task
    private static bool GivesTheTask(IInvocationOperation call, GuardContext guard)
    {
        var value = Unwrapped.ConversionsAround(call);
        return !ReferenceEquals(value, call) && guard.Awaitables.IsAwaitable(value.Type) && !guard.Awaitables.IsAwaitable(call.Type);
    }
}
