using NLog;

class Uses
{
    private static readonly Logger Log = LogManager.GetCurrentClassLogger();

    static async Task Directly()
    {
        Log.Info("a");
        LogManager.Flush(); //! AGD0104
        LogManager.Shutdown(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        End(); //! AGD0105
        await Task.Yield();
    }

    static void End() => LogManager.Shutdown();
}
