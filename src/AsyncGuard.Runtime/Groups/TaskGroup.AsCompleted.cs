using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

public sealed partial class TaskGroup
{
    /// <summary>
    /// Runs the selector for each item, some at once, and returns the results in order of completion.
    /// <list type="bullet">
    /// <item>Begins with the enumeration. Results that have not been taken yet are kept: the calls do not wait until they are
    /// taken.</item>
    /// <item>The first error cancels the calls in flight and no further item is taken; the enumeration throws it once all calls have
    /// ended and the results that came before it have been taken. Further errors go to <see cref="UnobservedChildException"/>.</item>
    /// <item>Leaving the enumeration early cancels the calls in flight and waits for them; their errors then go to
    /// <see cref="UnobservedChildException"/>.</item>
    /// <item>Otherwise as
    /// <see cref="MapAsync{T, TResult}(IEnumerable{T}, Func{T, CancellationToken, Task{TResult}}, int, CancellationToken)"/>.</item>
    /// </list>
    /// </summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <typeparam name="TResult">The results.</typeparam>
    /// <param name="source">The items; enumerated once for each enumeration.</param>
    /// <param name="selector">Called once for each item, with the group's token.</param>
    /// <param name="maxConcurrency">How many calls run at once; 0 for any number.</param>
    /// <param name="cancellationToken">The outer token.</param>
    /// <returns>The results.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxConcurrency"/> is negative.</exception>
    public static IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(
        IEnumerable<T> source, Func<T, CancellationToken, Task<TResult>> selector, int maxConcurrency = 0,
        CancellationToken cancellationToken = default)
    {
        Ensure.NotNull(source);
        Ensure.NotNull(selector);
        Ensure.NotNegative(maxConcurrency);
        return AsCompletedAsync(source, selector, maxConcurrency, cancellationToken);
    }

    private static async IAsyncEnumerable<TResult> AsCompletedAsync<T, TResult>(
        IEnumerable<T> source,
        Func<T, CancellationToken, Task<TResult>> selector,
        int maxConcurrency,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var results = new AsyncWorkQueue<TResult>();
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = ForEach(
            source,
            async (item, token) => results.TryPut(await selector(item, token).Inline()),
            maxConcurrency,
            options: null,
            left.Token);
        Continuations.Attach(run, () => results.Shutdown());
        var hasEnded = false;
        try
        {
            var items = results.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
            while (await items.MoveNextAsync().AsTask().Inline()) yield return items.Current;
            hasEnded = true;
            if (run.IsCanceled && cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException("The calls were canceled.", Tasks.CancellationOf(run), cancellationToken);
            ReportAllButFirst(run);
            Tasks.ThrowIfFailed(run);
        }
        finally
        {
            if (!hasEnded)
            {
                left.Cancel();
                await new InlineWithoutThrowing(run);
                foreach (var error in ErrorsOf(run)) ReportUnobserved(null, error);
            }
        }
    }

    // An enumeration throws one exception, and has no task for the others.
    private static void ReportAllButFirst(Task run)
    {
        var errors = ErrorsOf(run);
        for (var i = 1; i < errors.Count; i++) ReportUnobserved(null, errors[i]);
    }

    private static IReadOnlyList<Exception> ErrorsOf(Task run) => run.Exception?.InnerExceptions ?? (IReadOnlyList<Exception>)[];
}
