using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>One race: the first so many results that are accepted win.</summary>
internal sealed class Race<T>(List<Func<CancellationToken, Task<T>>> contenders, int winners, Func<T, bool>? accepts, TimeSpan? hedgeDelay,
    TimeProvider time)
{
    private readonly object _gate = new();
    private readonly List<Exception> _errors = [];
    private readonly List<T> _won = [];
    private TaskCompletionSource<VoidResult> _change = NewSignal();

    /// <summary>The outcome as a task, because it can have several exceptions.</summary>
    public async Task<Task<TResult>> RunAsync<TResult>(TaskGroup group, Func<List<T>, TResult> select)
    {
        var token = group.CancellationToken;
        var running = new List<Task>(contenders.Count);
        for (var i = 0; i < contenders.Count && !token.IsCancellationRequested; i++)
        {
            // Taken before the start, so that a failure inside it is not missed.
            var change = Change;
            var contender = contenders[i];
            if (!group.TryStart(contendToken => ContendAsync(group, contender, contendToken), out var task)) break;
            running.Add(task);
            if (hedgeDelay is { } delay && i + 1 < contenders.Count) await WaitForHedgeAsync(delay, change, token).Inline();
        }

        // Contenders keep their exceptions to themselves.
        await Task.WhenAll(running).Inline();
        if (_won.Count >= winners)
        {
            ReportErrors(group);
            return Task.FromResult(select(_won));
        }

        await DisposeWonAsync().Inline();
        if (token.IsCancellationRequested)
        {
            ReportErrors(group);
            return Task.FromCanceled<TResult>(token);
        }

        if (_errors.Count == 0)
            _errors.Add(new InvalidOperationException(
                $"Of {contenders.Count} results too few were accepted: {winners} are wanted, and there were {_won.Count}."));
        var outcome = new TaskCompletionSource<TResult>();
        outcome.SetException(_errors);
        return outcome.Task;
    }

    // Cleanup: it runs to its end, even if the caller's token is cancelled.
    private async Task DisposeWonAsync()
    {
        foreach (var late in _won) await DisposeAsync(late).Inline();
    }

    private Task Change
    {
        get
        {
            lock (_gate) return _change.Task;
        }
    }

    private void ReportErrors(TaskGroup group)
    {
        foreach (var error in _errors) TaskGroup.ReportUnobserved(group.Name, error);
    }

    private async Task WaitForHedgeAsync(TimeSpan delay, Task change, CancellationToken token)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        var delayed = Clock.Delay(time, delay, timer.Token);
        await Task.WhenAny(delayed, change).Inline();
        timer.Cancel();
    }

    private async Task ContendAsync(TaskGroup group, Func<CancellationToken, Task<T>> contender, CancellationToken token)
    {
        var call = AmbientContext.Invoke<Func<CancellationToken, Task<T>>, CancellationToken, T>(
            static (contender, token) => contender(token), contender, token);
        await new InlineWithoutThrowing(call);
        if (!Tasks.HasSucceeded(call))
        {
            var errors = Tasks.ErrorsOf(call);
            if (token.IsCancellationRequested) errors.RemoveAll(static error => error is OperationCanceledException);
            Lose(errors);
            return;
        }

        var result = Tasks.ResultOf(call);
        bool isAccepted;
        try
        {
            isAccepted = accepts is null || accepts(result);
        }
        catch (Exception error)
        {
            Lose([error]);
            isAccepted = false;
        }

        var decides = false;
        if (isAccepted)
        {
            lock (_gate)
            {
                isAccepted = _won.Count < winners;
                if (isAccepted) _won.Add(result);
                decides = isAccepted && _won.Count == winners;
            }
        }

        if (decides) group.Cancel();
        if (isAccepted) return;
        await DisposeAsync(result).Inline();
        // The next contender joins for a result that does not count as for a failure.
        Lose([]);
    }

    private void Lose(List<Exception> errors)
    {
        TaskCompletionSource<VoidResult> change;
        lock (_gate)
        {
            _errors.AddRange(errors);
            change = _change;
            _change = NewSignal();
        }

        change.TrySetResult(default);
    }

    private async Task DisposeAsync(T late)
    {
        try
        {
            if (late is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync().AsTask().Inline();
            else if (late is IDisposable disposable) disposable.Dispose();
        }
        catch (Exception error)
        {
            lock (_gate) _errors.Add(error);
        }
    }

    // Inline on purpose: it is set at the very end of a contender, and a hop to the thread pool would leave an event loop's time behind.
    private static TaskCompletionSource<VoidResult> NewSignal() => new(Continuations.RunInline);
}
