using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>One race. Awaits in the caller's context, because it calls the caller's code.</summary>
internal sealed class Race<T>(List<Func<CancellationToken, Task<T>>> contenders, TimeSpan? hedgeDelay, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly List<Exception> _errors = [];
    private TaskCompletionSource<VoidResult> _change = NewSignal();
    private bool _won;
    private T _winner = default!;

    /// <summary>The outcome as a task, because it can have several exceptions.</summary>
    public async Task<Task<T>> RunAsync(TaskGroup group)
    {
        var token = group.CancellationToken;
        var running = new List<Task>(contenders.Count);
        for (var i = 0; i < contenders.Count && !token.IsCancellationRequested; i++)
        {
            // Taken before the start, so that a failure inside it is not missed.
            var change = Change;
            var contender = contenders[i];
            if (!group.TryStart(contendToken => ContendAsync(group, contender, contendToken), out var task))
                break;
            running.Add(task);
            if (hedgeDelay is { } delay && i + 1 < contenders.Count)
                await WaitForHedgeAsync(delay, change, token);
        }
        // Contenders keep their exceptions to themselves.
        await Task.WhenAll(running);
        if (_won)
        {
            foreach (var error in _errors)
                TaskGroup.ReportUnobserved(group.Name, error);
            return Task.FromResult(_winner);
        }
        if (token.IsCancellationRequested)
        {
            foreach (var error in _errors)
                TaskGroup.ReportUnobserved(group.Name, error);
            return Task.FromCanceled<T>(token);
        }
        var outcome = new TaskCompletionSource<T>();
        outcome.SetException(_errors);
        return outcome.Task;
    }

    private Task Change
    {
        get
        {
            lock (_gate)
                return _change.Task;
        }
    }

    private async Task WaitForHedgeAsync(TimeSpan delay, Task change, CancellationToken token)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(token);
        var delayed = Clock.Delay(time, delay, timer.Token);
        await Task.WhenAny(delayed, change);
        timer.Cancel();
    }

    private async Task ContendAsync(TaskGroup group, Func<CancellationToken, Task<T>> contender, CancellationToken token)
    {
        T result;
        try
        {
            result = await (contender(token) ?? Tasks.NullTask<T>());
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            TaskCompletionSource<VoidResult> change;
            lock (_gate)
            {
                _errors.Add(error);
                change = _change;
                _change = NewSignal();
            }
            change.TrySetResult(default);
            return;
        }
        bool won;
        lock (_gate)
        {
            won = !_won;
            if (won)
            {
                _won = true;
                _winner = result;
            }
        }
        if (won)
            group.Cancel();
        else
            await DisposeAsync(result);
    }

    private async Task DisposeAsync(T late)
    {
        try
        {
            if (late is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else if (late is IDisposable disposable)
                disposable.Dispose();
        }
        catch (Exception error)
        {
            lock (_gate)
                _errors.Add(error);
        }
    }

    // Inline on purpose: it is set at the very end of a contender, and a hop to the thread pool would leave an event loop's time behind.
    private static TaskCompletionSource<VoidResult> NewSignal() => new(Continuations.RunInline);
}
