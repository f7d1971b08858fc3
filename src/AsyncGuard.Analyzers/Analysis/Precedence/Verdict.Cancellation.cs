using System;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Lifetimes.Sources;
using AsyncGuard.Analysis.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Precedence;

/// <content>Claims of what cannot be cancelled, or should not be.</content>
internal static partial class Verdict
{
    // await Task.Delay(Timeout.Infinite)
    private static bool IsEndlessWait(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation call && EndlessWait.Is(call, guard);

    // group.Start(ct => LoadAsync(id)): no call in the child receives its token
    private static bool IsInChildWithoutToken(IOperation place, ISymbol? member, GuardContext guard) =>
        guard.Types.TaskGroup is not null && member is not null && FlowGraphs.FunctionAround(place) is IAnonymousFunctionOperation lambda
        && GroupChild.Of(lambda, guard) is { } child && TokenScope.Of(guard).Best(place, member) is { Owner: IParameterSymbol owner }
        && SymbolEqualityComparer.Default.Equals(child.Token, owner) && child.CallsWithoutToken(member).Count > 0;

    // try { await gate.WaitAsync(); … } with a release that does not fit
    private static bool IsUnfitForRelease(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation call && PermitUse.FaultOf(call, guard) != PermitFault.None;

    // tasks.GetOrAdd(key, _ => LoadAsync()): the token of one caller is not to end what the others wait for
    private static bool IsOfCachedTask(IOperation place, ISymbol? member, GuardContext guard) =>
        CachedWork.Around(place, guard) is not null;

    // async Task SendAsync(CancellationToken token) { foreach (…) … }: no line of it looks at the token
    private static bool IsOfUnusedToken(IOperation place, ISymbol? member, GuardContext guard) =>
        place is ILoopOperation loop && TokenScope.Of(guard).Best(loop, member) is { } token && UnusedToken.IsOwnerOf(token, guard);

    // await foreach (var row in ReadAsync()), which could receive the token
    private static bool CouldBeGivenTheToken(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IForEachLoopOperation { IsAsynchronous: true } loop && EnumerationToken.MissingIn(loop, member, guard) is not null;

    // while (true) { foreach (…) … }: the outer loop is the finding, of whichever kind it is
    private static bool IsInsideIgnoringLoop(IOperation place, ISymbol? member, GuardContext guard)
    {
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is not ILoopOperation outer) continue;
            if (IgnoringLoop.TokenIgnoredBy(outer, member, guard) is not null
                && !IsOfOther(Finding.LoopIgnoresToken, outer, member, guard))
                return true;
            if (IgnoringItemLoop.TokenIgnoredBy(outer, member, guard) is not null
                && !IsOfOther(Finding.ItemLoopIgnoresToken, outer, member, guard))
                return true;
        }

        return false;
    }

    // await client.GetStringAsync(url), which could receive the token of the source
    private static bool IsOfferedToCall(IOperation place, ISymbol? member, GuardContext guard) =>
        UnusedTimeLimit.IsOfferedToCall(place, member, guard);

    private static bool LimitsNothing(IOperation place, ISymbol? member, GuardContext guard) =>
        UnusedTimeLimit.IsMade(place) && !IsOfOther(Finding.TimeLimitUnused, place, member, guard);

    // while (true) { try { … } catch (TaskCanceledException) { Log(); } }
    private static bool IsSwallowed(IOperation place, ISymbol? member, Func<ControlFlowGraph> graphOfMember, GuardContext guard) =>
        place is ICatchClauseOperation clause && SwallowedCancellation.Of(clause, member, guard) is { } swallowed
        && swallowed.GoesOn(graphOfMember());
}
