using System.Runtime.CompilerServices;

namespace MiniLoop.Before;

/// <summary>
/// A future that calls its waiter back from inside of <c>await</c> where it is already complete, and a waiter more than one is lost.
/// </summary>
public sealed class Future<T> : ICriticalNotifyCompletion
{
    private T? _result;

    public bool IsCompleted { get; private set; }

    public Future<T> GetAwaiter() => this;

    public T GetResult()                                                   // AGD0406
    {
        SpinWait.SpinUntil(() => IsCompleted);
        return _result!;
    }

    public void SetResult(T result)
    {
        _result = result;
        IsCompleted = true;
    }

    public void OnCompleted(Action continuation) => continuation();         // AGD0406

    public void UnsafeOnCompleted(Action continuation) => continuation();   // AGD0406
}
