using Serilog;

class Uses
{
    static async Task Directly(ILogger logger)
    {
        logger.Information("a {Value}", 1);
        Log.CloseAndFlush(); //! AGD0103

        {
            await Log.CloseAndFlushAsync();
        }
    }
}
