using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace AsyncGuard;

/// <summary>
/// A queue for work between producers and workers, with join and shutdown: asyncio's <c>Queue</c>.
/// <list type="bullet">
/// <item>With a capacity, producers wait while it is full. Waiters are served first come, first served.</item>
/// <item>A waiter that is cancelled leaves the queue: no item is lost or returned twice.</item>
/// <item>Every item that was put has to be marked by <see cref="TaskDone"/>; <see cref="JoinAsync"/> waits until all are.</item>
/// <item>After <see cref="Shutdown"/> nothing can be put; what is left can still be taken, unless it was immediate.</item>
/// </list>
/// All members are safe to call from any thread. The comparer of <see cref="QueueOrder.Priority"/> is called under the queue's lock and
/// may not change the queue (<see cref="InvalidOperationException"/>); where it throws, the call that needed it fails and changes nothing.
/// </summary>
/// <typeparam name="T">The items.</typeparam>
public sealed partial class AsyncWorkQueue<T> : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly ItemStore<T> _items;
    private readonly WaiterList<T> _getters;
    private readonly WaiterList<VoidResult> _putters;
    private readonly WaiterList<VoidResult> _joiners;
    private int _unfinished;
    private bool _isShutDown;

    /// <summary>Makes a queue.</summary>
    /// <param name="capacity">How many items it holds; 0 for any number.</param>
    /// <param name="order">Which item is dequeued next.</param>
    /// <param name="comparer">For <see cref="QueueOrder.Priority"/>; the default one when null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative, or <paramref name="order"/> is not one of its
    /// values.</exception>
    public AsyncWorkQueue(int capacity = 0, QueueOrder order = QueueOrder.Fifo, IComparer<T>? comparer = null)
    {
        Ensure.NotNegative(capacity);
        if (order is < QueueOrder.Fifo or > QueueOrder.Priority)
            throw new ArgumentOutOfRangeException(nameof(order), order, "Not a value of QueueOrder.");
        Capacity = capacity;
        _items = new ItemStore<T>(order, comparer);
        _getters = new WaiterList<T>(_gate);
        _putters = new WaiterList<VoidResult>(_gate);
        _joiners = new WaiterList<VoidResult>(_gate);
    }

    /// <summary>How many items the queue holds at most; 0 for any number.</summary>
    public int Capacity { get; }

    /// <summary>How many items can be taken, at this moment.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _items.Count;
        }
    }

    /// <summary>How many items were put and not yet marked by <see cref="TaskDone"/>, at this moment.</summary>
    public int UnfinishedCount
    {
        get
        {
            lock (_gate) return _unfinished;
        }
    }

    /// <summary>True after <see cref="Shutdown"/>.</summary>
    public bool IsShutDown
    {
        get
        {
            lock (_gate) return _isShutDown;
        }
    }

    internal (int Getters, int Putters, int Joiners) WaiterCounts
    {
        get
        {
            lock (_gate) return (_getters.Count, _putters.Count, _joiners.Count);
        }
    }

    /// <summary>Puts an item, if there is room and no earlier put waits.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False when the queue is full.</returns>
    /// <exception cref="QueueShutDownException">The queue was shut down.</exception>
    public bool TryPut(T item)
    {
        Waiter<T>? getter;
        lock (_gate)
        {
            if (_isShutDown) throw new QueueShutDownException();
            if (!HasRoom) return false;
            getter = Accept(item);
        }

        getter?.Complete(item);
        return true;
    }

    /// <summary>
    /// Puts an item, and waits for room before that.
    /// <list type="bullet">
    /// <item>Cancelling <paramref name="cancellationToken"/> while it waits: <see cref="OperationCanceledException"/>, and the item was not
    /// put.</item>
    /// <item>The queue is shut down, also while it waits: <see cref="QueueShutDownException"/>, and the item was not put.</item>
    /// </list>
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Await once.</returns>
    public ValueTask PutAsync(T item, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return new ValueTask(Task.FromCanceled(cancellationToken));
        Waiter<T>? getter = null;
        Waiter<VoidResult>? putter = null;
        try
        {
            lock (_gate)
            {
                if (_isShutDown) return new ValueTask(Task.FromException(new QueueShutDownException()));
                if (HasRoom) getter = Accept(item);
                else putter = _putters.Add(new PutItem<T>(item));
            }
        }
        catch (Exception exception)
        {
            // The comparer's.
            return new ValueTask(Task.FromException(exception));
        }

        getter?.Complete(item);
        if (putter is null) return default;
        _putters.Watch(putter, cancellationToken);
        return new ValueTask(putter.Task);
    }

    /// <summary>Takes an item, if there is one.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False when the queue is empty, shut down or not.</returns>
    public bool TryGet([MaybeNullWhen(false)] out T item) => TryGet(out item, out _);

    private bool TryGet([MaybeNullWhen(false)] out T item, out bool hasEnded)
    {
        Admission admission;
        lock (_gate)
        {
            if (_items.Count == 0)
            {
                item = default;
                hasEnded = _isShutDown;
                return false;
            }

            hasEnded = false;
            item = _items.Take();
            admission = AdmitPutter();
        }

        admission.Complete();
        return true;
    }

    /// <summary>
    /// Takes an item, and waits for one before that.
    /// <list type="bullet">
    /// <item>Cancelling <paramref name="cancellationToken"/> while it waits: <see cref="OperationCanceledException"/>, and no item was
    /// taken.</item>
    /// <item>The queue is shut down and empty, also while it waits: <see cref="QueueShutDownException"/>.</item>
    /// </list>
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The item. Await once; call <see cref="TaskDone"/> when the work on it has ended.</returns>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return new ValueTask<T>(Task.FromCanceled<T>(cancellationToken));
        var item = default(T)!;
        Admission admission = default;
        Waiter<T>? getter = null;
        try
        {
            lock (_gate)
            {
                if (_items.Count > 0)
                {
                    item = _items.Take();
                    admission = AdmitPutter();
                }
                else if (_isShutDown)
                {
                    return new ValueTask<T>(Task.FromException<T>(new QueueShutDownException()));
                }
                else
                {
                    getter = _getters.Add();
                }
            }
        }
        catch (Exception exception)
        {
            // The comparer's: the item is still there.
            return new ValueTask<T>(Task.FromException<T>(exception));
        }

        if (getter is not null)
        {
            _getters.Watch(getter, cancellationToken);
            return new ValueTask<T>(getter.Task);
        }

        admission.Complete();
        return new ValueTask<T>(item);
    }

    /// <summary>
    /// Takes items until the queue is shut down and empty. Marks none of them: call <see cref="TaskDone"/> after the work on each.
    /// </summary>
    /// <param name="cancellationToken">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The items. Several enumerations share them.</returns>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                if (TryGet(out var ready, out var hasEnded))
                {
                    yield return ready;
                    continue;
                }

                if (hasEnded) yield break;
            }

            // The end is no exception here, and nothing that has to be thrown and caught.
            var get = GetAsync(cancellationToken).AsTask();
            if (!get.IsCompleted) await new InlineWithoutThrowing(get);
            if (get.Exception?.InnerException is QueueShutDownException) yield break;
            yield return Tasks.ResultOf(get);
        }
    }

    /// <summary>The state in words, for reports.</summary>
    /// <returns>Capacity, items, unfinished items and waiters.</returns>
    public override string ToString()
    {
        lock (_gate)
        {
            return $"queue: {_items.Count} of {(Capacity == 0 ? "any number" : Capacity.ToString(System.Globalization.CultureInfo.InvariantCulture))}, "
                + $"{_unfinished} unfinished, {_getters.Count} getters, {_putters.Count} putters{(_isShutDown ? ", shut down" : "")}";
        }
    }

    private bool HasRoom => Capacity == 0 || _items.Count < Capacity;

    /// <summary>Under the lock: to the first waiter for an item, or into the store. Changes nothing where the comparer throws.</summary>
    private Waiter<T>? Accept(T item)
    {
        Debug.Assert(Monitor.IsEntered(_gate));
        var getter = _getters.Take();
        if (getter is null) _items.Add(item);
        _unfinished++;
        return getter;
    }

    /// <summary>
    /// Under the lock, after an item was taken: the first waiter to put takes its place. One whose item cannot be compared fails.
    /// </summary>
    private Admission AdmitPutter()
    {
        Debug.Assert(Monitor.IsEntered(_gate));
        return _putters.Count == 0 ? default : AdmitWaitingPutter();
    }

    private Admission AdmitWaitingPutter()
    {
        List<(Waiter<VoidResult>, Exception)>? refused = null;
        while (HasRoom && _putters.Take() is { } putter)
        {
            try
            {
                _items.Add(((PutItem<T>)putter.Tag!).Item);
            }
            catch (Exception exception)
            {
                (refused ??= []).Add((putter, exception));
                continue;
            }

            _unfinished++;
            return new Admission(putter, refused);
        }

        return new Admission(null, refused);
    }

    /// <summary>The outcomes of those that waited to put; to be completed outside the lock.</summary>
    private readonly struct Admission(Waiter<VoidResult>? admitted, List<(Waiter<VoidResult> Putter, Exception Exception)>? refused)
    {
        public void Complete()
        {
            admitted?.Complete(default);
            if (refused is null) return;
            foreach (var (putter, exception) in refused) putter.Fail(exception);
        }
    }
}
