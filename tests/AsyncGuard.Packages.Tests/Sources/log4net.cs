using log4net;

class Uses
{
    static async Task Directly(ILog log)
    {
        log.Info("a");
        LogManager.Flush(1000); //! AGD0104
        LogManager.Shutdown(); //! AGD0104
        await Task.Yield();
    }

    static async Task Through()
    {
        Close(); //! AGD0105
        await Task.Yield();
    }

    static void Close() => LogManager.Shutdown();
}
