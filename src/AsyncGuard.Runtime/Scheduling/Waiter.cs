using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A caller that waits in a <see cref="WaiterList{T}"/>. The thread that unlinks it under the list's lock completes it, and no other does.
/// </summary>
internal sealed class Waiter<T>(WaiterList<T> list,
    object? tag) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)
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

    /// <summary>All of a line that <see cref="WaiterList{T}.TakeAll"/> has taken.</summary>
    public static void CompleteAll(Waiter<T>? first, T result)
    {
        for (var waiter = first; waiter is not null; waiter = Unchain(waiter)) waiter.Complete(result);
    }

    /// <inheritdoc cref="CompleteAll"/>
    public static void FailAll(Waiter<T>? first, System.Func<System.Exception> exception)
    {
        for (var waiter = first; waiter is not null; waiter = Unchain(waiter)) waiter.Fail(exception());
    }

    /// <inheritdoc cref="CompleteAll"/>
    public static void CancelAll(Waiter<T>? first, CancellationToken token)
    {
        for (var waiter = first; waiter is not null; waiter = Unchain(waiter)) waiter.Cancel(token);
    }

    private static Waiter<T>? Unchain(Waiter<T> waiter)
    {
        var next = waiter.Next;
        waiter.Previous = waiter.Next = null;
        return next;
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
