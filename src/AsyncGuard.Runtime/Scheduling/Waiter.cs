using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>One who waits in a <see cref="WaiterList{T}"/>. Whoever unlinks it under the list's lock, and nobody else, completes it.</summary>
internal sealed class Waiter<T>(WaiterList<T> list, object? tag) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public WaiterList<T> List => list;

    public object? Tag => tag;

    public Waiter<T>? Previous;
    public Waiter<T>? Next;
    public bool Linked;
    public CancellationTokenRegistration Registration;

    /// <summary>After it was taken from the list, outside the lock.</summary>
    public void Complete(T result)
    {
        Release();
        TrySetResult(result);
    }

    /// <inheritdoc cref="Complete"/>
    public void Fail(System.Exception exception)
    {
        Release();
        TrySetException(exception);
    }

    /// <inheritdoc cref="Complete"/>
    public void Cancel(CancellationToken token)
    {
        Release();
        TrySetCanceled(token);
    }

    private void Release()
    {
#if NETSTANDARD2_0
        Registration.Dispose();
#else
        Registration.Unregister();
#endif
    }
}
