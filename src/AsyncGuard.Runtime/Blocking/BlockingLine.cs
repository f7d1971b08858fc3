namespace AsyncGuard;

/// <summary>Work in order, linked by <see cref="IBlockingCall.Next"/>. Mutable: keep it in a field.</summary>
internal struct BlockingLine
{
    private IBlockingCall? _first;
    private IBlockingCall? _last;

    public void Add(IBlockingCall call)
    {
        call.Previous = _last;
        call.IsListed = true;
        if (_last is null) _first = call;
        else _last.Next = call;
        _last = call;
    }

    public IBlockingCall? Take()
    {
        var call = _first;
        if (call is not null) Remove(call);
        return call;
    }

    public void Remove(IBlockingCall call)
    {
        if (call.Previous is null) _first = call.Next;
        else call.Previous.Next = call.Next;
        if (call.Next is null) _last = call.Previous;
        else call.Next.Previous = call.Previous;
        call.Next = call.Previous = null;
        call.IsListed = false;
    }
}
