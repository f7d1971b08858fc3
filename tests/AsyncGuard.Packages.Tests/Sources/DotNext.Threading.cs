using DotNext.Threading;

class Uses
{
    static async Task Directly(AsyncExclusiveLock gate, AsyncManualResetEvent signal, AsyncReaderWriterLock both)
    {
        var isTaken = gate.TryAcquire();
        gate.Release();
        signal.Set();
        var isRead = both.TryEnterReadLock();
        both.Release();
        await gate.AcquireAsync();
        await signal.WaitAsync();
    }

    static async Task Waiting(AsyncExclusiveLock gate, AsyncManualResetEvent signal, AsyncAutoResetEvent auto)
    {
        gate.TryAcquire(TimeSpan.FromSeconds(1)); //! AGD0103|AGD0104
        await Task.Yield();
    }
}
