using Nito.AsyncEx;

class Uses
{
    static async Task Directly()
    {
        AsyncContext.Run(() => Task.Delay(1)); //! AGD0104
        await Task.Yield();
    }
}
