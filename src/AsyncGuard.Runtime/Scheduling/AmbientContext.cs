using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// Calls user code in place and puts the caller's ambient state back afterwards: a delegate that is not async would otherwise
/// leak its <see cref="AsyncLocal{T}"/> writes and its <see cref="SynchronizationContext"/> into the caller.
/// </summary>
internal static class AmbientContext
{
    /// <summary>The delegate's own task; a synchronous exception or a null becomes a failed task.</summary>
    public static Task Invoke<T1, T2>(Func<T1, T2, Task> call, T1 first, T2 second)
    {
        var invocation = new Invocation<T1, T2>(call, first, second);
        Run(ref invocation);
        return invocation.Error is null ? invocation.Task ?? Tasks.NullTask() : Tasks.Failed<VoidResult>(invocation.Error);
    }

    /// <inheritdoc cref="Invoke{T1, T2}"/>
    public static Task<T> Invoke<T1, T2, T>(Func<T1, T2, Task<T>> call, T1 first, T2 second)
    {
        var invocation = new Invocation<T1, T2>(call, first, second);
        Run(ref invocation);
        return invocation.Error is null ? (Task<T>?)invocation.Task ?? Tasks.NullTask<T>() : Tasks.Failed<T>(invocation.Error);
    }

    /// <summary>The start of a state machine puts the caller's state back, and does it more cheaply than anything else can.</summary>
    public static void Run<TCall>(ref TCall call) where TCall : struct, IAsyncStateMachine =>
        default(AsyncTaskMethodBuilder).Start(ref call);
}
