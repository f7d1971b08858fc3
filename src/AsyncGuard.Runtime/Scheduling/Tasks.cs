using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Finished tasks in the shapes that <see cref="Task"/> has no factory for.</summary>
internal static class Tasks
{
    /// <summary>What an async method makes of its exception: canceled or faulted.</summary>
    public static Task<T> Failed<T>(Exception exception)
        => exception is OperationCanceledException cancellation ? Canceled<T>(cancellation) : Task.FromException<T>(exception);

    /// <summary>All of them, of which an await throws the first.</summary>
    public static Task<T> Failed<T>(IReadOnlyList<Exception> errors)
    {
        RelatedErrors.Relate(errors);
        if (errors.Count == 1) return Failed<T>(errors[0]);
        var failed = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        failed.SetException(errors);
        return failed.Task;
    }

    /// <summary>
    /// Canceled, with this very exception: <see cref="Task.FromCanceled(CancellationToken)"/> would need its token to be cancelled.
    /// </summary>
    public static Task<T> Canceled<T>(OperationCanceledException exception)
    {
        var builder = AsyncTaskMethodBuilder<T>.Create();
        var task = builder.Task;
        builder.SetException(exception);
        return task;
    }

    public static Task NullTask() => Task.FromException(NullTaskException());

    public static Task<T> NullTask<T>() => Task.FromException<T>(NullTaskException());

    public static bool HasSucceeded(Task task)
#if NETSTANDARD2_0
        => task.Status == TaskStatus.RanToCompletion;
#else
        => task.IsCompletedSuccessfully;
#endif

    /// <summary>The result of a task that is complete, or its exception with its own type and stack.</summary>
    public static T ResultOf<T>(Task<T> completed)
    {
        Debug.Assert(completed.IsCompleted, "It has to have been waited for.");
        return completed.GetAwaiter().GetResult();
    }

    /// <summary>The task itself, or for work without a result one that is complete.</summary>
    public static Task<T> Succeeded<T>(Task completed) => completed as Task<T> ?? Nothing<T>.Task;

    /// <summary>The task that a complete one ends with, as <c>Unwrap</c> but without one more.</summary>
    public static Task<T> Inner<T>(Task<Task<T>> outer) => HasSucceeded(outer) ? ResultOf(outer) : outer.Unwrap();

    /// <summary>Throws what a complete task failed with.</summary>
    public static void ThrowIfFailed(Task completed)
    {
        Debug.Assert(completed.IsCompleted, "It has to have been waited for.");
        completed.GetAwaiter().GetResult();
    }

    /// <summary>The exception that awaiting a cancelled task throws.</summary>
    public static OperationCanceledException CancellationOf(Task canceled)
    {
        Debug.Assert(canceled.IsCanceled);
        try
        {
            ThrowIfFailed(canceled);
        }
        catch (OperationCanceledException exception)
        {
            return exception;
        }

        return new TaskCanceledException(canceled);
    }

    /// <summary>Gives a proxy the outcome of a task that is complete: all its exceptions, or its token.</summary>
    public static void CopyOutcome<T>(Task completed, TaskCompletionSource<T> proxy)
    {
        switch (completed.Status)
        {
            case TaskStatus.RanToCompletion:
                proxy.TrySetResult(completed is Task<T> finished ? ResultOf(finished) : default!);
                break;
            case TaskStatus.Canceled:
                proxy.TrySetCanceled(CancellationOf(completed).CancellationToken);
                break;
            default:
                proxy.TrySetException(completed.Exception!.InnerExceptions);
                // The code that made the proxy handles the error.
                _ = proxy.Task.Exception;
                break;
        }
    }

    /// <summary>
    /// All errors of a task that has not succeeded, its cancellation too, with those that a group gave out together with one of them.
    /// </summary>
    public static List<Exception> ErrorsOf(Task failed)
    {
        if (failed.IsCanceled) return ErrorsOf(CancellationOf(failed));
        var all = failed.Exception!.InnerExceptions;
        if (all.Count == 1) return ErrorsOf(all[0]);
        var errors = new List<Exception>(all.Count);
        HashSet<Exception>? known = null;
        foreach (var error in all)
        {
            if (RelatedErrors.Of(error) is not { } related)
            {
                if (known?.Add(error) != false) errors.Add(error);
                continue;
            }

            // The task of a group has all of them, and the first of these stands for all of them.
            known ??= new(errors, ReferenceComparer<Exception>.Instance);
            foreach (var one in related)
            {
                if (known.Add(one)) errors.Add(one);
            }
        }

        return errors;
    }

    private static List<Exception> ErrorsOf(Exception error) => RelatedErrors.Of(error) is { } related ? [.. related] : [error];

    /// <summary>Whether they say more than that work has stopped.</summary>
    public static bool HasFailures(IReadOnlyList<Exception> errors)
    {
        foreach (var error in errors)
        {
            if (error is not OperationCanceledException) return true;
        }

        return false;
    }

    private static InvalidOperationException NullTaskException() => new("The delegate returned null instead of a task.");

    private static class Nothing<T>
    {
        public static readonly Task<T> Task = System.Threading.Tasks.Task.FromResult<T>(default!);
    }
}
