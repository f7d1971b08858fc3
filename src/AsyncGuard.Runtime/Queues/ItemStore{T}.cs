using System;
using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>The items of a queue in their order. Not thread safe.</summary>
internal sealed class ItemStore<T>(QueueOrder order, IComparer<T>? comparer)
{
    private readonly Queue<T> _queue = new();
    private readonly List<(T Item, long Sequence)> _list = [];
    private readonly IComparer<T> _comparer = comparer ?? Comparer<T>.Default;
    private long _sequence;
    private bool _isComparing;

    public int Count => order == QueueOrder.Fifo ? _queue.Count : _list.Count;

    /// <summary>Changes nothing where the comparer throws.</summary>
    public void Add(T item)
    {
        EnsureNotComparing();
        if (order == QueueOrder.Fifo)
        {
            _queue.Enqueue(item);
            return;
        }

        var entry = (item, _sequence);
        var place = order == QueueOrder.Priority ? PlaceFromBelow(entry) : _list.Count;
        _sequence++;
        _list.Add(entry);
        for (var index = _list.Count - 1; index > place; index = Parent(index)) _list[index] = _list[Parent(index)];
        _list[place] = entry;
    }

    /// <inheritdoc cref="Add"/>
    public T Take()
    {
        EnsureNotComparing();
        if (order == QueueOrder.Fifo) return _queue.Dequeue();
        var last = _list.Count - 1;
        if (order == QueueOrder.Lifo || last == 0)
        {
            var newest = _list[last].Item;
            _list.RemoveAt(last);
            return newest;
        }

        var item = _list[0].Item;
        var path = PathFromAbove(last);
        var moved = _list[last];
        _list.RemoveAt(last);
        var hole = 0;
        // From the root down, the smaller child at each step: the hole ends where the last item belongs.
        for (var depth = Depth(path) - 1; depth >= 0; depth--)
        {
            var child = ((path + 1) >> depth) - 1;
            _list[hole] = _list[child];
            hole = child;
        }

        _list[hole] = moved;
        return item;
    }

    public void Clear()
    {
        EnsureNotComparing();
        _queue.Clear();
        _list.Clear();
    }

    private bool IsBefore((T Item, long Sequence) x, (T Item, long Sequence) y)
    {
        int compared;
        _isComparing = true;
        try
        {
            compared = _comparer.Compare(x.Item, y.Item);
        }
        finally
        {
            _isComparing = false;
        }

        return compared != 0 ? compared < 0 : x.Sequence < y.Sequence;
    }

    /// <summary>Where a new entry belongs between the end and the root. Moves nothing: the comparer may throw.</summary>
    private int PlaceFromBelow((T Item, long Sequence) entry)
    {
        var index = _list.Count;
        while (index > 0 && IsBefore(entry, _list[Parent(index)])) index = Parent(index);
        return index;
    }

    /// <summary>
    /// Where the last entry belongs between the root and the end, once it is not the last any more. Moves nothing: the comparer may throw.
    /// </summary>
    private int PathFromAbove(int last)
    {
        var index = 0;
        while (true)
        {
            var child = index * 2 + 1;
            if (child >= last) return index;
            if (child + 1 < last && IsBefore(_list[child + 1], _list[child])) child++;
            if (!IsBefore(_list[child], _list[last])) return index;
            index = child;
        }
    }

    /// <summary>
    /// A comparer that calls the queue which it serves has its lock, and would move the items while they are being placed.
    /// </summary>
    private void EnsureNotComparing()
    {
        if (_isComparing) throw new InvalidOperationException("The comparer of the queue changes the queue.");
    }

    private static int Parent(int index) => (index - 1) / 2;

    /// <summary>How many steps an entry is from the root.</summary>
    private static int Depth(int index)
    {
        var depth = 0;
        for (; index > 0; index = Parent(index)) depth++;
        return depth;
    }
}
