using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Effects.Solving;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Precedence;

/// <content>Claims of what blocks.</content>
internal static partial class Verdict
{
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

    private static bool Blocks(IOperation place, ISymbol? member, Func<ControlFlowGraph> graphOfMember, GuardContext guard)
    {
        if (!CalledMembers.OfBlocking(guard).IsWorthFollowing(place, member)) return false;
        var calls = new List<BodyCall>();
        CalledMembers.OfBlocking(guard).Collect(place, member, graphOfMember, calls);
        foreach (var call in calls)
        {
            if (!call.IsOnce && BlockingEffects.Of(guard).PathOf(call, place) is { IsOnce: false }) return true;
        }

        return false;
    }

    // while (!_done) await Task.Delay(100): what it waits for is the finding
    private static bool IsPolling(IOperation place, ISymbol? member, GuardContext guard) =>
        place is ILoopOperation loop && PollingLoop.DelayOf(loop, guard) is not null;

    // var size = reader.ReadAsync(); await size; size.Result
    private static bool IsUsedUp(IOperation place, ISymbol? member, Func<ControlFlowGraph> graphOfMember, GuardContext guard) =>
        TaskWait.Of(place, guard) is { } wait && RepeatedValueTask.IsIn(wait, graphOfMember, guard);
}
