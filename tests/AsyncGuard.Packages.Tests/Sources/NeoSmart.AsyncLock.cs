using NeoSmart.AsyncLock;

class Uses
{
    static async Task Directly(AsyncLock gate, CancellationToken token)
    {
        using (gate.Lock(token)) //! AGD0103
        {
            await Task.Yield();
        }

        using (await gate.LockAsync()) //! AGD0301
        {
            await Task.Yield();
        }
    }

    static async Task Through(AsyncLock gate)
    {
        Take(gate); //! AGD0105
        await Task.Yield();
    }

    static void Take(AsyncLock gate)
    {
        using (gate.Lock()) Console.WriteLine();
    }
}
