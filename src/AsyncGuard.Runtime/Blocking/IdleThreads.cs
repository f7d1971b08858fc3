namespace AsyncGuard;

/// <summary>The threads of a pool that can be woken, the last one to go to sleep first. Mutable: keep it in a field.</summary>
internal struct IdleThreads
{
    private IdleThread? _first;

    /// <summary>How many they are.</summary>
    public int Count { get; private set; }

    /// <summary>From now on it can be woken.</summary>
    public void Add(IdleThread thread)
    {
        thread.Next = _first;
        thread.IsListed = true;
        _first = thread;
        Count++;
    }

    /// <summary>The one to wake; null where all of them work.</summary>
    public IdleThread? Take()
    {
        if (_first is not { } thread) return null;
        _first = thread.Next;
        thread.Next = null;
        thread.IsListed = false;
        Count--;
        return thread;
    }

    /// <summary>It has slept for long, and ends.</summary>
    public void Remove(IdleThread thread)
    {
        ref var place = ref _first;
        while (place != thread) place = ref place!.Next;
        place = thread.Next;
        thread.IsListed = false;
        Count--;
    }
}
