using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// Work that takes care of its own failures: whatever its body waits for stands in a <c>try</c> that catches everything. That it cannot
/// fail at all, as with <see cref="UnfailingWork"/>, is not asked: the author has decided what happens to its failures.
/// <code>
/// async Task RunAsync() { var item = Next(); try { await SendAsync(item); } catch (Exception e) { _log.Error(e); } }
/// </code>
/// </summary>
internal static class HandledWork
{
    private const int MaxSteps = 3;

    /// <summary>Whether every one of the calls starts such work.</summary>
    public static bool AreAll(IReadOnlyList<IOperation> starts, GuardContext guard)
    {
        foreach (var start in starts)
        {
            if (!Is(start, guard, MaxSteps)) return false;
        }

        return starts.Count > 0;
    }

    private static bool Is(IOperation? start, GuardContext guard, int steps)
    {
        if (steps == 0 || StartedTask.CallIn(start) is not { } outer) return false;
        var call = StartedTask.WithoutWrapper(outer);

        // RunAsync().ContinueWith(…) says nothing of RunAsync
        if (guard.Apis.Has(call.TargetMethod, ApiTraits.HandsCompleted)) return false;
        if (!guard.Apis.Has(call.TargetMethod, ApiTraits.Offloads)) return IsHandled(call.TargetMethod, guard, steps);

        // Task.Run(async () => { try { … } catch (Exception e) { … } })
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate) return IsDelegateHandled(argument.Value, guard, steps);
        }

        return false;
    }

    private static bool IsDelegateHandled(IOperation value, GuardContext guard, int steps) => Unwrapped.Delegate(value) switch
    {
        IMethodReferenceOperation { Method: var method } => IsHandled(method, guard, steps),
        IAnonymousFunctionOperation { Symbol: var function, Body: var body } => IsHandled(body, function, guard, steps),
        _ => false,
    };

    private static bool IsHandled(IMethodSymbol method, GuardContext guard, int steps)
    {
        if (!guard.IsOurs(method) || method.IsAbstract) return false;
        var isSeen = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            if (!IsHandled(body, method, guard, steps)) return false;
            isSeen = true;
        }

        return isSeen;
    }

    private static bool IsHandled(IOperation body, IMethodSymbol function, GuardContext guard, int steps)
    {
        if (body is ILocalFunctionOperation { Body: { } block }) body = block;
        var handles = false;
        return IsFree(body, function.IsAsync, guard, steps, ref handles) && handles;
    }

    // Whether no failure of what the code waits for leaves it. Code that is not async waits for whatever it calls.
    private static bool IsFree(IOperation operation, bool isAsync, GuardContext guard, int steps, ref bool handles)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return true;

            case ITryOperation attempt when BroadHandler.ButForCancellation(attempt, guard):
                handles = true;
                return attempt.Finally is null || OnlyReleases(attempt.Finally)
                    || IsFree(attempt.Finally, isAsync, guard, steps, ref handles);

            // await Task.Delay(time, token), await RunHandledAsync()
            case IAwaitOperation { Operation: var awaited }:
                awaited = Unwrapped.Awaited(awaited);
                if (IsPause(awaited, guard)) return true;
                if (!Is(awaited, guard, steps - 1)) return false;
                return handles = true;

            case IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true }
                or IUsingDeclarationOperation { IsAsynchronous: true } or IThrowOperation:
                return false;

            // Task RunAsync() => RunHandledAsync();
            case IReturnOperation { ReturnedValue: { } returned } when !isAsync && guard.Awaitables.IsAwaitable(returned.Type):
                if (!Is(returned, guard, steps - 1)) return false;
                return handles = true;

            // Task.Run(() => Prune())
            case IInvocationOperation call when !isAsync && !LogCall.Is(call.TargetMethod, guard):
                if (steps <= 1 || call.IsVirtual || !IsHandled(call.TargetMethod, guard, steps - 1)) return false;
                return handles = true;
        }

        foreach (var child in operation.ChildOperations)
        {
            if (!IsFree(child, isAsync, guard, steps, ref handles)) return false;
        }

        return true;
    }

    // finally { gate.Release(); handle.Dispose(); }
    private static bool OnlyReleases(IBlockOperation cleanup)
    {
        foreach (var statement in cleanup.Operations)
        {
            var call = statement is IExpressionStatementOperation { Operation: var expression } ? expression : null;
            if (call is IConditionalAccessOperation access) call = access.WhenNotNull;
            if (call is not IInvocationOperation { TargetMethod: { Parameters.IsEmpty: true, Name: var name } }
                || !ConventionalNames.GivesBack(name))
                return false;
        }

        return true;
    }

    // Task.Delay(time), Task.Yield(), gate.WaitAsync()
    private static bool IsPause(IOperation awaited, GuardContext guard) =>
        StartedTask.IsDelay(awaited)
        || TaskMembers.Yield.IsUse(awaited) || ThreadingMembers.SemaphoreWaitAsync.IsUse(awaited);
}
