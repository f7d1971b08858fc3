using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>Timed callbacks by due time, and in order of acceptance where that is equal. Not thread safe.</summary>
internal sealed class TimerHeap
{
    // asyncio's thresholds: cancelled timers stay until they reach the head, unless they are many and more than half.
    private const int PurgeAbove = 100;

    private List<LoopHandle> _heap = [];

    public int Count => _heap.Count;

    public int CancelledCount { get; private set; }

    public LoopHandle? Peek() => _heap.Count == 0 ? null : _heap[0];

    public void Add(LoopHandle handle)
    {
        _heap.Add(handle);
        SiftUp(_heap.Count - 1);
    }

    public void NoteCancelled() => CancelledCount++;

    public LoopHandle Take()
    {
        var head = _heap[0];
        var last = _heap.Count - 1;
        _heap[0] = _heap[last];
        _heap.RemoveAt(last);
        if (last > 1) SiftDown(0);
        if (head.IsCanceled) CancelledCount--;
        return head;
    }

    public void DropCancelled()
    {
        if (_heap.Count > PurgeAbove && CancelledCount * 2 > _heap.Count)
        {
            var live = new List<LoopHandle>(_heap.Count - CancelledCount);
            foreach (var handle in _heap)
            {
                if (!handle.IsCanceled) live.Add(handle);
            }

            _heap = live;
            CancelledCount = 0;
            for (var i = _heap.Count / 2 - 1; i >= 0; i--) SiftDown(i);
        }
        while (_heap.Count > 0 && _heap[0].IsCanceled) Take();
    }

    private static bool IsBefore(LoopHandle x, LoopHandle y)
        => x.DueTicks != y.DueTicks ? x.DueTicks < y.DueTicks : x.Sequence < y.Sequence;

    private void SiftUp(int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!IsBefore(_heap[index], _heap[parent])) return;
            (_heap[index], _heap[parent]) = (_heap[parent], _heap[index]);
            index = parent;
        }
    }

    private void SiftDown(int index)
    {
        while (true)
        {
            var child = index * 2 + 1;
            if (child >= _heap.Count) return;
            if (child + 1 < _heap.Count && IsBefore(_heap[child + 1], _heap[child])) child++;
            if (!IsBefore(_heap[child], _heap[index])) return;
            (_heap[index], _heap[child]) = (_heap[child], _heap[index]);
            index = child;
        }
    }
}
