using Pipelines.Sockets.Unofficial.Threading;

class Uses
{
    private static readonly MutexSlim s_mutex = new(1000);
    static async Task Directly()
    {
        using (var held = s_mutex.TryWait()) //! AGD0103
        {
            await Task.Delay(1);
        }
        using (var polled = s_mutex.TryWait(MutexSlim.WaitOptions.NoDelay)) //~ AGD0103
        {
            Console.Write(polled.Success);
        }
        var available = s_mutex.IsAvailable;
        using var awaited = await s_mutex.TryWaitAsync();
    }

    static async Task Through()
    {
        Hold(); //! AGD0105
        await Task.Yield();
    }

    static void Hold()
    {
        using var held = s_mutex.TryWait();
    }
}
