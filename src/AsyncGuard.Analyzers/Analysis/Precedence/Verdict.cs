using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Effects.Solving;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Precedence;

/// <summary>
/// Which of the rules that could report a place does. Every order of precedence between two rules stands in one of these rows; a rule asks
/// only whether another takes its place, and names none.
/// </summary>
internal static class Verdict
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
    ];

    private static readonly Claim[][] Claims = ByLoser();

    /// <summary>Whether a finding that goes before this one claims the place.</summary>
    public static bool IsOfOther(Finding finding, IOperation place, ISymbol? member, GuardContext guard)
    {
        foreach (var claim in Claims[(int)finding])
        {
            if (claim(place, member, guard)) return true;
        }

        return false;
    }

    /// <summary>
    /// The same for work that keeps the processor busy: what blocks is found as such, through whatever number of calls, which takes the
    /// graph to know.
    /// </summary>
    public static bool IsOfOther(Finding finding, IOperation place, ISymbol? member, Func<ControlFlowGraph> graphOfMember,
        GuardContext guard) =>
        IsOfOther(finding, place, member, guard) || (finding > Finding.Indirect && Blocks(place, member, graphOfMember, guard));

    private static Claim[][] ByLoser()
    {
        var claims = new List<Claim>[Enum.GetValues(typeof(Finding)).Length];
        for (var i = 0; i < claims.Length; i++) claims[i] = new List<Claim>();
        foreach (var (_, second, claim) in Rows) claims[(int)second].Add(claim);
        return Array.ConvertAll(claims, static list => list.ToArray());
    }

    // t.Result; a call that waits is not followed
    private static bool IsWait(IOperation place, ISymbol? member, GuardContext guard) =>
        place is not (IInvocationOperation or IUsingOperation or IUsingDeclarationOperation) && TaskWait.Of(place, guard) is not null;

    private static bool IsWaitCall(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation && TaskWait.Of(place, guard) is not null;

    // File.ReadAllText(path), which File.ReadAllTextAsync(path) does too
    private static bool HasCounterpart(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation call && AwaitableCounterparts.Of(guard).Find(call) is not null;

    private static bool IsReplaceable(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation call && ReplaceableCall.Is(call, member, guard, out _, out _);

    // thread.Join()
    private static bool IsPrimitive(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation { TargetMethod: var method } && guard.Apis.Has(method.ReducedFrom ?? method, ApiTraits.Blocks);

    private static bool IsForeignPrimitive(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation { TargetMethod: var method } && guard.Apis.Has(method, ApiTraits.Blocks) && !guard.IsOurs(method);

    private static bool IsPrimitiveInAsyncCode(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation { TargetMethod: var method } && guard.Apis.Has(method, ApiTraits.Blocks)
        && CodeContext.Of(place, member, guard).IsAsync;

    // using (var stream = Open()), stream.Dispose(), where DisposeAsync is there
    private static bool IsDisposal(IOperation place, ISymbol? member, GuardContext guard) => place switch
    {
        IInvocationOperation { TargetMethod: { Name: WellKnownMember.Dispose } method, Instance.Type: { } disposed } =>
            !guard.Apis.Has(method, ApiTraits.Blocks) && IsAsyncDisposable(disposed, guard),
        IUsingOperation { Resources: IVariableDeclarationGroupOperation group } => IsAsyncDisposable(group, guard),
        IUsingOperation use => IsAsyncDisposable(use.Resources.Type, guard),
        IUsingDeclarationOperation use => IsAsyncDisposable(use.DeclarationGroup, guard),
        _ => false,
    };

    private static bool IsAsyncDisposable(IVariableDeclarationGroupOperation group, GuardContext guard) =>
        group.Declarations.Length > 0 && group.Declarations[0].Declarators.Length > 0
        && IsAsyncDisposable(group.Declarations[0].Declarators[0].Symbol.Type, guard);

    private static bool IsAsyncDisposable(ITypeSymbol? type, GuardContext guard) =>
        type is not null && type.AllInterfaces.ContainsSymbol(guard.Types.AsyncDisposable);

    // await Task.Delay(Timeout.Infinite)
    private static bool IsEndlessWait(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation call && EndlessWait.Is(call, guard);

    // group.Start(ct => LoadAsync(id)): no call in the child is given its token
    private static bool IsInChildWithoutToken(IOperation place, ISymbol? member, GuardContext guard) =>
        guard.Types.TaskGroup is not null && member is not null && FlowGraphs.FunctionAround(place) is IAnonymousFunctionOperation lambda
        && GroupChild.Of(lambda, guard) is { } child && TokenScope.Of(guard).Best(place, member) is { Owner: IParameterSymbol owner }
        && SymbolEqualityComparer.Default.Equals(child.Token, owner) && child.CallsWithoutToken(member).Count > 0;

    // while (true) _ = HandleAsync(await AcceptAsync()): that nothing limits them is worse
    private static bool IsFanOut(IOperation place, ISymbol? member, GuardContext guard) =>
        place is ISimpleAssignmentOperation && FanOut.Of(place, guard) is not null;

    // try { await gate.WaitAsync(); … } with a release that does not fit
    private static bool IsUnfitForRelease(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IInvocationOperation call && PermitUse.FaultOf(call, guard) != PermitFault.None;

    // tasks.GetOrAdd(key, _ => LoadAsync()): the token of one caller is not to end what the others wait for
    private static bool IsOfCachedTask(IOperation place, ISymbol? member, GuardContext guard) =>
        CachedWork.Around(place, guard) is not null;

    // new TaskCompletionSource<int>(): a build stops at the warning, and the source that is left open is seen once it is mended
    private static bool ContinuesInline(IOperation place, ISymbol? member, GuardContext guard) =>
        place is IObjectCreationOperation creation && InlineContinuations.CanBeAvoided(guard) && InlineContinuations.AreOf(creation, guard);

    private static bool Blocks(IOperation place, ISymbol? member, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        if (!CalledMembers.OfBlocking(guard).IsWorthFollowing(place, member)) return false;
        var calls = new List<BodyCall>();
        CalledMembers.OfBlocking(guard).Collect(place, member, graphOfMember, calls);
        foreach (var call in calls)
        {
            if (!call.IsOnce && BlockingEffects.Of(guard).PathOf(call) is { IsOnce: false }) return true;
        }

        return false;
    }
}
