using System.Runtime.CompilerServices;
using AsyncGuard;

namespace MiniLoop.After;

/// <summary>
/// asyncio's future, for code on one loop: a result that is not there yet, with callbacks, and awaitable.
/// Whoever waits is called by the loop in its next turn, never from inside of <see cref="SetResult"/>.
/// </summary>
public sealed class Future<T>(EventLoop loop) : ICriticalNotifyCompletion
{
    private readonly List<Action> _callbacks = [];
    private T? _result;

    public bool IsCompleted { get; private set; }

    public void SetResult(T result)
    {
        if (IsCompleted) throw new InvalidOperationException("The future has a result already.");
        _result = result;
        IsCompleted = true;
        foreach (var callback in _callbacks) loop.CallSoon(callback);
        _callbacks.Clear();
    }

    public void AddDoneCallback(Action<T> callback) => OnCompleted(() => callback(_result!));

    // await future
    public Future<T> GetAwaiter() => this;

    public T GetResult() => IsCompleted ? _result! : throw new InvalidOperationException("The result is not there yet.");

    public void OnCompleted(Action continuation)
    {
        if (IsCompleted) loop.CallSoon(continuation);
        else _callbacks.Add(continuation);
    }

    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}
