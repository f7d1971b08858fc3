namespace AsyncGuard;

/// <summary>Work in order, linked by <see cref="IBlockingCall.Next"/>. Mutable: keep it in a field.</summary>
internal struct BlockingLine
{
    private IBlockingCall? _first;
    private IBlockingCall? _last;

    public void Add(IBlockingCall call)
    {
        if (_last is null)
            _first = call;
        else
            _last.Next = call;
        _last = call;
    }

    public IBlockingCall? Take()
    {
        var call = _first;
        if (call is null)
            return null;
        _first = call.Next;
        if (_first is null)
            _last = null;
        call.Next = null;
        return call;
    }
}
