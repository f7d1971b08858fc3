using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary><c>task.ContinueWith(t => …)</c> without options, scheduler, state or token.</summary>
internal static class PlainContinuation
{
    public static bool Is(IInvocationOperation call, GuardContext guard) =>
        call.TargetMethod is { Parameters.Length: 1 } method && TaskMembers.ContinueWith.Is(method);

    // await task.ContinueWith(_ => { }): waits without throwing, for which await has no short form
    public static bool OnlyWaits(IInvocationOperation call) =>
        WorkOf(call) is IAnonymousFunctionOperation { Body.Operations: var statements } && IsNothing(statements);

    /// <summary>
    /// Whether the continuation is awaited or returned where it stands, perhaps after others of its kind. A task of a task has to be
    /// unwrapped in between.
    /// </summary>
    public static bool IsAwaitedOrReturned(IInvocationOperation call, GuardContext guard)
    {
        IOperation value = call;
        var isNested = IsTaskOfTask(call.Type, guard);
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    value = value.Parent;
                    break;

                case IInvocationOperation { TargetMethod.Name: WellKnownMember.ConfigureAwait } configured
                    when ReferenceEquals(configured.Instance, value):
                    value = configured;
                    break;

                case IInvocationOperation next when ReferenceEquals(next.Instance, value) && !isNested && Is(next, guard):
                    value = next;
                    isNested = IsTaskOfTask(next.Type, guard);
                    break;

                // task.ContinueWith(async t => …).Unwrap()
                case IArgumentOperation
                {
                    Parent: IInvocationOperation unwrapped
                } when TaskMembers.Unwrap.IsUse(unwrapped):
                    value = unwrapped;
                    isNested = false;
                    break;

                // await await task.ContinueWith(async t => …)
                case IAwaitOperation awaited when isNested && awaited.Parent is IAwaitOperation:
                    return true;

                default:
                    return !isNested && value.Parent is IAwaitOperation or IReturnOperation { Kind: OperationKind.Return };
            }
        }
    }

    /// <summary>The lambda or method group that is the continuation, without the delegate around it.</summary>
    public static IOperation? WorkOf(IInvocationOperation call) =>
        call.Arguments.Length == 1 ? Unwrapped.Delegate(call.Arguments[0].Value) : null;

    // { }, and the return that the compiler adds
    private static bool IsNothing(ImmutableArray<IOperation> statements)
    {
        foreach (var statement in statements)
        {
            if (statement is not IReturnOperation { ReturnedValue: null }) return false;
        }

        return true;
    }

    private static bool IsTaskOfTask(ITypeSymbol? type, GuardContext guard) =>
        guard.Awaitables.IsTask(type) && guard.Awaitables.ResultOf(type) is { } result && guard.Awaitables.IsAwaitable(result);
}
