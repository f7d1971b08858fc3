using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace AsyncGuard.Analysis.Precedence;

/// <summary>
/// Which of the rules that could report a place does. Every order of precedence between two rules stands in one of these rows; a rule asks
/// only whether another takes its place, and names none.
/// </summary>
internal static partial class Verdict
{
    // The first goes before the second where the claim holds.
    private static readonly (Finding First, Finding Second, Claim Claim)[] Rows =
    [
        (Finding.Wait, Finding.Indirect, IsWait),
        (Finding.Counterpart, Finding.Indirect, HasCounterpart),
        (Finding.Primitive, Finding.Indirect, IsForeignPrimitive),
        (Finding.Disposal, Finding.Indirect, IsDisposal),
        (Finding.Counterpart, Finding.Cpu, HasCounterpart),
        (Finding.Primitive, Finding.Cpu, IsPrimitive),
        (Finding.Wait, Finding.TokenNotPassed, IsWaitCall),
        (Finding.Counterpart, Finding.TokenNotPassed, IsReplaceable),
        (Finding.Primitive, Finding.TokenNotPassed, IsPrimitiveInAsyncCode),
        (Finding.EndlessWait, Finding.TokenNotPassed, IsEndlessWait),
        (Finding.GroupMisuse, Finding.TokenNotPassed, IsInChildWithoutToken),
        (Finding.Wait, Finding.EndlessWait, IsWaitCall),
        (Finding.Counterpart, Finding.EndlessWait, IsReplaceable),
        (Finding.Primitive, Finding.EndlessWait, IsPrimitiveInAsyncCode),
        (Finding.UnboundedFanOut, Finding.DiscardedTask, IsFanOut),
        (Finding.ReleaseWithoutAcquire, Finding.TokenNotPassed, IsUnfitForRelease),
        (Finding.ReleaseWithoutAcquire, Finding.EndlessWait, IsUnfitForRelease),
        (Finding.CachedTask, Finding.TokenNotPassed, IsOfCachedTask),
        (Finding.Counterpart, Finding.ReleaseWithoutAcquire, IsReplaceable),
        (Finding.Primitive, Finding.ReleaseWithoutAcquire, IsPrimitiveInAsyncCode),
        (Finding.InlineContinuations, Finding.UncompletedSource, ContinuesInline),
        (Finding.Polling, Finding.LoopIgnoresToken, IsPolling),
        (Finding.UnusedToken, Finding.LoopIgnoresToken, IsOfUnusedToken),
        (Finding.UnusedToken, Finding.ItemLoopIgnoresToken, IsOfUnusedToken),
        (Finding.EnumeratorToken, Finding.ItemLoopIgnoresToken, CouldBeGivenTheToken),
        (Finding.LoopIgnoresToken, Finding.ItemLoopIgnoresToken, IsInsideIgnoringLoop),
        (Finding.TokenNotPassed, Finding.TimeLimitUnused, IsOfferedToCall),
        (Finding.TimeLimitUnused, Finding.SourceNotDisposed, LimitsNothing),
        (Finding.SyncRunner, Finding.DroppedTask, IsOfSyncRunner),
        (Finding.SyncRunner, Finding.DiscardedTask, IsOfSyncRunner),
        (Finding.UnawaitedResource, Finding.AbandonedTask, IsUnawaitedResource),
        (Finding.TaskOutlivesResource, Finding.TaskReturnedFromTry, OutlivesResource),
    ];

    private static readonly (Finding First, Finding Second, FlowClaim Claim)[] FlowRows =
    [
        (Finding.Indirect, Finding.Cpu, Blocks),
        (Finding.SharedContext, Finding.SequentialAwaits, SharesObject),
        (Finding.ValueTaskReuse, Finding.Wait, IsUsedUp),
        (Finding.ValueTaskReuse, Finding.SyncOverAsync, IsUsedUp),
        (Finding.SwallowedCancellation, Finding.NarrowCancellationCatch, IsSwallowed),
    ];

    private static readonly Claim[][] Claims = ByLoser(Rows);
    private static readonly FlowClaim[][] FlowClaims = ByLoser(FlowRows);

    /// <summary>Which finding goes before which.</summary>
    public static IEnumerable<(Finding First, Finding Second)> Order
    {
        get
        {
            foreach (var (first, second, _) in Rows) yield return (first, second);
            foreach (var (first, second, _) in FlowRows) yield return (first, second);
        }
    }

    /// <summary>Whether a finding that goes before this one claims the place.</summary>
    public static bool IsOfOther(Finding finding, IOperation place, ISymbol? member, GuardContext guard)
    {
        foreach (var claim in Claims[(int)finding])
        {
            if (claim(place, member, guard)) return true;
        }

        return false;
    }

    /// <summary>The same with the claims that it takes the graph to know.</summary>
    public static bool IsOfOther(Finding finding, IOperation place, ISymbol? member, Func<ControlFlowGraph> graphOfMember,
        GuardContext guard)
    {
        if (IsOfOther(finding, place, member, guard)) return true;
        foreach (var claim in FlowClaims[(int)finding])
        {
            if (claim(place, member, graphOfMember, guard)) return true;
        }

        return false;
    }

    private static TClaim[][] ByLoser<TClaim>((Finding First, Finding Second, TClaim Claim)[] rows)
    {
        var claims = new List<TClaim>[Enum.GetValues(typeof(Finding)).Length];
        for (var i = 0; i < claims.Length; i++) claims[i] = new List<TClaim>();
        foreach (var (_, second, claim) in rows) claims[(int)second].Add(claim);
        return Array.ConvertAll(claims, static list => list.ToArray());
    }
}
