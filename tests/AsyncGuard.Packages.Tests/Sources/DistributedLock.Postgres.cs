using Medallion.Threading;
using Medallion.Threading.Postgres;

class Uses
{
    static async Task Directly(PostgresDistributedLock gate, IDistributedLockProvider provider, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        using (gate.Acquire()) await Task.Yield(); //! AGD0103 AGD0505
        await using (var handle = gate.TryAcquire()) Console.WriteLine(handle is null); //! AGD0103
        await using (await gate.AcquireAsync()) Console.WriteLine(); //! AGD0301
        using (provider.AcquireLock("a")) await Task.Yield(); //! AGD0103 AGD0505
    }

    static async Task Through(PostgresDistributedLock gate, IDistributedLock any)
    {
        Take(gate); //! AGD0105
        TakeAny(any); //! AGD0105
        await Task.Yield();
    }

    static void Take(PostgresDistributedLock gate)
    {
        using var handle = gate.Acquire();
        Console.WriteLine(handle);
    }

    static void TakeAny(IDistributedLock gate)
    {
        using var handle = gate.Acquire();
        Console.WriteLine(handle);
    }
}
