using Sentry;

class Uses
{
    static async Task Directly()
    {
        SentrySdk.CaptureMessage("a");
        SentrySdk.Flush(TimeSpan.FromSeconds(2)); //! AGD0103
        SentrySdk.Close(); //! AGD0104
        await SentrySdk.FlushAsync(TimeSpan.FromSeconds(2));
    }

    static async Task Through()
    {
        Stop(); //! AGD0105
        await Task.Yield();
    }

    static void Stop() => SentrySdk.Flush(TimeSpan.FromSeconds(2));
}
