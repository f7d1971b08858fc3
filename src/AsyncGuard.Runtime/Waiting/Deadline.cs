using System;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>Runs work with a time limit and never leaves it behind: asyncio's <c>timeout</c> and <c>wait_for</c>.</summary>
public static class Deadline
{
    /// <summary>
    /// Runs an operation; when the time is over, cancels it and waits for it to end.
    /// <list type="bullet">
    /// <item>Called at once, on the caller, with a token of its own. It is always waited for, so one that ignores its token outlasts the
    /// limit.</item>
    /// <item>It stops for the limit: <see cref="TimeoutException"/>, with its <see cref="OperationCanceledException"/> inside.</item>
    /// <item>It returns a result after all: that result. It fails with anything else: that exception, or all of them if it has
    /// several.</item>
    /// <item>It stops for <paramref name="cancellationToken"/>: <see cref="OperationCanceledException"/> with that token and its own
    /// exception inside, also if the
    /// time is over as well.</item>
    /// <item>A callback on its token throws: that exception, and with it what else has failed. It does not end the process, and it is
    /// not thrown to the code that cancels <paramref name="cancellationToken"/>.</item>
    /// <item>A limit of zero: <see cref="TimeoutException"/>, and it is not called. A token that is cancelled beforehand: canceled, not
    /// called.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="timeout">The limit; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="operation">The work.</param>
    /// <param name="cancellationToken">Cancels the work too.</param>
    /// <param name="timeProvider">The clock; the system's when null.</param>
    /// <returns>A task that ends after the operation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative and not infinite, or longer than 49
    /// days.</exception>
    public static Task<T> RunAsync<T>(
        TimeSpan timeout, Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken = default,
        TimeProvider? timeProvider = null)
    {
        Ensure.Delay(timeout);
        Ensure.NotNull(operation);
        return RunCoreAsync<T>(timeout, operation, cancellationToken, timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc cref="RunAsync{T}(TimeSpan, Func{CancellationToken, Task{T}}, CancellationToken, TimeProvider?)"/>
    public static Task RunAsync(
        TimeSpan timeout, Func<CancellationToken, Task> operation, CancellationToken cancellationToken = default,
        TimeProvider? timeProvider = null)
    {
        Ensure.Delay(timeout);
        Ensure.NotNull(operation);
        return RunCoreAsync<VoidResult>(timeout, operation, cancellationToken, timeProvider ?? TimeProvider.System);
    }

    private static Task<T> RunCoreAsync<T>(
        TimeSpan timeout, Func<CancellationToken, Task> operation, CancellationToken cancellationToken, TimeProvider time)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        if (timeout == TimeSpan.Zero) return Task.FromException<T>(TimeIsOver(timeout, inner: null));
        var source = new TimeLimit();
        try
        {
            source.Start(time, timeout);
        }
        catch (Exception exception)
        {
            // The clock's.
            return Tasks.Failed<T>(exception);
        }

        source.Follow(cancellationToken);
        var work = AmbientContext.Invoke(static (operation, token) => operation(token), operation, source.Token);
        return Tasks.Inner(EndAsync<T>(work, source, timeout, cancellationToken));
    }

    private static async Task<Task<T>> EndAsync<T>(Task work, TimeLimit source, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!work.IsCompleted)
        {
            if (Continuations.StayHere) await new InlineWithoutThrowing(work);
            else await work.WithoutThrowing();
        }

        if (source.End() is { } callbacks) await callbacks.Inline();
        source.Dispose();
        return OutcomeOf<T>(work, source, timeout, cancellationToken);
    }

    /// <summary>A task, since an async method can fail with one exception only.</summary>
    private static Task<T> OutcomeOf<T>(Task work, TimeLimit source, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (source.CallbackErrors(work) is { } failures) return Tasks.Failed<T>(failures);
        if (Tasks.HasSucceeded(work)) return Tasks.Succeeded<T>(work);
        var errors = Tasks.ErrorsOf(work);
        if (!Tasks.HasFailures(errors) && errors[0] is OperationCanceledException cancellation)
        {
            if (cancellationToken.IsCancellationRequested)
                return Tasks.Canceled<T>(new OperationCanceledException("The operation was canceled.", cancellation, cancellationToken));
            if (source.IsOver) return Task.FromException<T>(TimeIsOver(timeout, cancellation));
        }

        return Tasks.Failed<T>(errors);
    }

    private static TimeoutException TimeIsOver(TimeSpan timeout, Exception? inner) =>
        new($"The operation did not complete within {timeout}.", inner);
}
