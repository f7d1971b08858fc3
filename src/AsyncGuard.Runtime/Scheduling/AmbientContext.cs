using System;
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
#if NETSTANDARD2_0
        // There is no ExecutionContext.Restore here; the start of an async method puts the caller's state back.
        var started = InvokeInAsyncMethod(call, first, second);
        return started.Status == TaskStatus.RanToCompletion ? Completed(started) ?? Tasks.NullTask() : started;
#else
        var context = SynchronizationContext.Current;
        var flow = ExecutionContext.Capture();
        try
        {
            return call(first, second) ?? Tasks.NullTask();
        }
        catch (OperationCanceledException exception)
        {
            return Tasks.Canceled<VoidResult>(exception);
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
        finally
        {
            Restore(context, flow);
        }
#endif
    }

    /// <inheritdoc cref="Invoke{T1, T2}"/>
    public static Task<T> Invoke<T1, T2, T>(Func<T1, T2, Task<T>> call, T1 first, T2 second)
    {
#if NETSTANDARD2_0
        var started = InvokeInAsyncMethod(call, first, second);
        if (started.Status == TaskStatus.RanToCompletion)
            return Completed(started) ?? Tasks.NullTask<T>();
        return started.IsCanceled
            ? Tasks.Canceled<T>(Tasks.CancellationOf(started))
            : Tasks.Faulted<T>(started.Exception!.InnerExceptions[0]);
#else
        var context = SynchronizationContext.Current;
        var flow = ExecutionContext.Capture();
        try
        {
            return call(first, second) ?? Tasks.NullTask<T>();
        }
        catch (OperationCanceledException exception)
        {
            return Tasks.Canceled<T>(exception);
        }
        catch (Exception exception)
        {
            return Tasks.Faulted<T>(exception);
        }
        finally
        {
            Restore(context, flow);
        }
#endif
    }

#if NETSTANDARD2_0
#pragma warning disable CS1998 // No await on purpose: only the start of the state machine is wanted.
    private static async Task<TTask?> InvokeInAsyncMethod<T1, T2, TTask>(Func<T1, T2, TTask?> call, T1 first, T2 second)
        where TTask : Task
        => call(first, second);
#pragma warning restore CS1998

    private static TTask? Completed<TTask>(Task<TTask?> started) where TTask : Task => started.GetAwaiter().GetResult();
#else
    private static void Restore(SynchronizationContext? context, ExecutionContext? flow)
    {
        if (SynchronizationContext.Current != context)
            SynchronizationContext.SetSynchronizationContext(context);
        if (flow is not null)
            ExecutionContext.Restore(flow);
    }
#endif
}
