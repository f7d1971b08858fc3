namespace AsyncGuard;

/// <summary>Children in order, linked by <see cref="IQueuedChild.Next"/>. Mutable: keep it in a field.</summary>
internal struct ChildLine
{
    private IQueuedChild? _last;

    public IQueuedChild? First { get; private set; }

    public int Count { get; private set; }

    public void Add(IQueuedChild child)
    {
        child.Previous = _last;
        if (_last is null) First = child;
        else _last.Next = child;
        _last = child;
        Count++;
    }

    public IQueuedChild? Take()
    {
        var child = First;
        if (child is not null) Remove(child);
        return child;
    }

    /// <summary>One of those in the line.</summary>
    public void Remove(IQueuedChild child)
    {
        if (child.Previous is null) First = child.Next;
        else child.Previous.Next = child.Next;
        if (child.Next is null) _last = child.Previous;
        else child.Next.Previous = child.Previous;
        child.Next = child.Previous = null;
        Count--;
    }

    /// <summary>All of them, still linked.</summary>
    public IQueuedChild? TakeAll()
    {
        var first = First;
        First = _last = null;
        Count = 0;
        return first;
    }
}
