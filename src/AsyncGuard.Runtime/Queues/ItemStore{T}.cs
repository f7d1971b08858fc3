using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>The items of a queue in their order. Not thread safe.</summary>
internal sealed class ItemStore<T>(QueueOrder order, IComparer<T>? comparer)
{
    private readonly Queue<T> _queue = new();
    private readonly List<(T Item, long Sequence)> _list = [];
    private readonly IComparer<T> _comparer = comparer ?? Comparer<T>.Default;
    private long _sequence;

    public int Count => order == QueueOrder.Fifo ? _queue.Count : _list.Count;

    public void Add(T item)
    {
        if (order == QueueOrder.Fifo)
        {
            _queue.Enqueue(item);
            return;
        }
        _list.Add((item, _sequence++));
        if (order == QueueOrder.Priority)
            SiftUp(_list.Count - 1);
    }

    public T Take()
    {
        if (order == QueueOrder.Fifo)
            return _queue.Dequeue();
        var last = _list.Count - 1;
        var index = order == QueueOrder.Priority ? 0 : last;
        var item = _list[index].Item;
        _list[index] = _list[last];
        _list.RemoveAt(last);
        if (order == QueueOrder.Priority)
            SiftDown(0);
        return item;
    }

    public void Clear()
    {
        _queue.Clear();
        _list.Clear();
    }

    private bool IsBefore(int x, int y)
    {
        var compared = _comparer.Compare(_list[x].Item, _list[y].Item);
        return compared != 0 ? compared < 0 : _list[x].Sequence < _list[y].Sequence;
    }

    private void SiftUp(int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!IsBefore(index, parent))
                return;
            (_list[index], _list[parent]) = (_list[parent], _list[index]);
            index = parent;
        }
    }

    private void SiftDown(int index)
    {
        while (true)
        {
            var child = index * 2 + 1;
            if (child >= _list.Count)
                return;
            if (child + 1 < _list.Count && IsBefore(child + 1, child))
                child++;
            if (!IsBefore(child, index))
                return;
            (_list[index], _list[child]) = (_list[child], _list[index]);
            index = child;
        }
    }
}
