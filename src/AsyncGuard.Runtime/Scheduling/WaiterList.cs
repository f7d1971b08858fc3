using System.Threading;

namespace AsyncGuard;

/// <summary>
/// A line of waiters, first come first served. All members marked "under the lock" are called with <paramref name="gate"/> held.
/// A waiter that is cancelled leaves the line under the same lock, so a hand-over can never be lost on it.
/// </summary>
internal class WaiterList<T>(object gate)
{
    private Waiter<T>? _first;
    private Waiter<T>? _last;

    /// <summary>Exact under the lock.</summary>
    public int Count { get; private set; }

    /// <summary>Under the lock: joins the line.</summary>
    public Waiter<T> Add(object? tag = null)
    {
        var waiter = new Waiter<T>(this, tag) { Previous = _last, Linked = true };
        if (_last is null) _first = waiter;
        else _last.Next = waiter;
        _last = waiter;
        Count++;
        return waiter;
    }

    /// <summary>Under the lock: takes the head of the line; the caller completes it after leaving the lock.</summary>
    public Waiter<T>? Take()
    {
        var waiter = _first;
        if (waiter is not null) Unlink(waiter);
        return waiter;
    }

    /// <summary>
    /// Under the lock: takes the whole line, linked by <see cref="Waiter{T}.Next"/>; the caller completes all of it after leaving the lock.
    /// Taking one at a time would let what happens in between keep the rest waiting.
    /// </summary>
    public Waiter<T>? TakeAll()
    {
        var first = _first;
        for (var waiter = first; waiter is not null; waiter = waiter.Next)
        {
            waiter.Linked = false;
            Left(waiter);
        }

        _first = _last = null;
        Count = 0;
        return first;
    }

    /// <summary>Under the lock: a waiter has left the line, however it did.</summary>
    protected virtual void Left(Waiter<T> waiter)
    {
    }

    /// <summary>Outside the lock: from now on the token takes the waiter out of the line.</summary>
    public void Watch(Waiter<T> waiter, CancellationToken token)
    {
        if (!token.CanBeCanceled) return;
#if NETSTANDARD2_0
        var registration = token.Register(static state => Canceled((WaiterCancellation<T>)state!), new WaiterCancellation<T>(waiter, token));
#else
        var registration = token.UnsafeRegister(static (state, token) => Canceled((Waiter<T>)state!, token), waiter);
#endif
        lock (gate)
        {
            if (waiter.Linked)
            {
                waiter.Registration = registration;
                return;
            }
        }

        registration.Dispose();
    }

#if NETSTANDARD2_0
    private static void Canceled(WaiterCancellation<T> cancellation) => Canceled(cancellation.Waiter, cancellation.Token);
#endif

    private static void Canceled(Waiter<T> waiter, CancellationToken token) => waiter.List.Remove(waiter, token);

    private void Remove(Waiter<T> waiter, CancellationToken token)
    {
        lock (gate)
        {
            if (!waiter.Linked) return;
            Unlink(waiter);
        }

        waiter.TrySetCanceled(token);
    }

    private void Unlink(Waiter<T> waiter)
    {
        if (waiter.Previous is null) _first = waiter.Next;
        else waiter.Previous.Next = waiter.Next;
        if (waiter.Next is null) _last = waiter.Previous;
        else waiter.Next.Previous = waiter.Previous;
        waiter.Previous = waiter.Next = null;
        waiter.Linked = false;
        Count--;
        Left(waiter);
    }
}
