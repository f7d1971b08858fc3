namespace AsyncGuard;

/// <summary>Children in order, linked by <see cref="IQueuedChild.Next"/>. Mutable: keep it in a field.</summary>
internal struct ChildLine
{
    private IQueuedChild? _last;

    public IQueuedChild? First { get; private set; }

    public int Count { get; private set; }

    public void Add(IQueuedChild child)
    {
        if (_last is null) First = child;
        else _last.Next = child;
        _last = child;
        Count++;
    }

    public IQueuedChild? Take()
    {
        var child = First;
        if (child is null) return null;
        First = child.Next;
        if (First is null) _last = null;
        child.Next = null;
        Count--;
        return child;
    }

    public IQueuedChild? TakeAll()
    {
        var first = First;
        First = _last = null;
        Count = 0;
        return first;
    }
}
